import type { SlackModal, SlackPerson } from '../sandbox/slack/start.ts';
import { median } from './measure.ts';
import { type Setting, type SettingOptions, startSetting } from './setting.ts';

/** One line of the table. */
export interface Row {
  readonly goal: string;
  readonly wanted: number;
  readonly found: number;
  /** Of the rounds: the least and the most. */
  readonly spread?: readonly [number, number];
  /** A goal is a most, unless this says that it is a least. */
  readonly isLeast?: true;
  readonly about?: string;
}

export async function inSetting<T>(options: SettingOptions, measure: (setting: Setting) => Promise<T>): Promise<T> {
  const setting = await startSetting(options);
  try {
    return await measure(setting);
  } finally {
    await setting.close();
  }
}

export const ratio = (goal: string, wanted: number, ratios: readonly number[], about?: string): Row => ({
  ...{ goal, wanted, found: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] },
  ...(about === undefined ? {} : { about }),
});

interface Ordered {
  readonly words: string;
  /** In the form as soon as it is filled. */
  readonly says: string;
}

const oneConfiguration: Ordered = { words: 'thinkpad x1', says: '€59.90' };
export const fourConfigurations: Ordered = { words: 'macbook pro 14', says: 'Configuration' };

export async function openForm(
  { slack }: Pick<Setting, 'slack'>,
  person: SlackPerson,
  { words, says }: Ordered = oneConfiguration,
): Promise<SlackModal> {
  await person.command(`/fleet order ${words}`);
  const filled = () => {
    const modal = person.modal();
    return modal?.text().includes(says) || modal?.hasField(says) ? modal : undefined;
  };
  return slack.until(filled, { what: `the form of ${person.id}`, timeoutMs: 60_000 });
}

/** Chooses in a modal, and waits until it is drawn again: a choice that another one overtakes is not. */
export async function redraws({ slack }: Setting, person: SlackPerson, label: string, option: string): Promise<void> {
  const before = person.modal()?.hash;
  await person.modal()?.select(label, option);
  await slack.until(() => person.modal()?.hash !== before, { timeoutMs: 2_000 }).catch(() => undefined);
}

export const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there is nothing to take turns with');
  return item;
};
