import type { KnownBlock } from '@slack/types';
import type { Deputy } from '../../domain/request/decide.ts';
import type { SignRefusal } from '../../domain/request/may-sign.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { slackDate } from '../format.ts';
import { modal } from '../guard.ts';
import { callbacks, deputyActions, deputyFields } from '../ids.ts';
import { limits } from '../limits.ts';
import { literal, mrkdwn, plain } from '../text.ts';

export const deputyTitle = 'While you are away';

/** Both fields are compulsory: Slack asks for them itself. */
export function deputyModal(): ModalView {
  return modal({
    callbackId: callbacks.deputy,
    title: deputyTitle,
    submit: 'Save',
    close: 'Back',
    privateMetadata: '',
    blocks: [
      {
        type: 'input',
        block_id: deputyFields.deputy,
        label: plain('Deputy', limits.inputLabel),
        hint: plain(
          'Somebody who may sign. They are asked in your place, and sign in their own name.',
          limits.inputHint,
        ),
        element: { type: 'users_select', action_id: deputyFields.deputy },
      },
      {
        type: 'input',
        block_id: deputyFields.lastDay,
        label: plain('Last day away', limits.inputLabel),
        element: { type: 'datepicker', action_id: deputyFields.lastDay },
      },
    ],
  });
}

/** What Slack sends of the two fields. */
export type DeputyValues = Readonly<
  Record<
    string,
    Readonly<Record<string, { readonly selected_user?: string | null; readonly selected_date?: string | null }>>
  >
>;

export function readDeputy(values: DeputyValues): { readonly deputy: string; readonly lastDay: string } {
  const { deputy, lastDay } = deputyFields;
  return {
    deputy: values[deputy]?.[deputy]?.selected_user ?? '',
    lastDay: values[lastDay]?.[lastDay]?.selected_date ?? '',
  };
}

/** At the field that it is about. Plain text. */
export function deputyErrors(
  kind: SignRefusal['kind'] | 'oneself' | 'day_is_over' | 'not_matched',
): Readonly<Record<string, string>> {
  switch (kind) {
    case 'day_is_over':
      return { [deputyFields.lastDay]: 'This day is over: please choose a later one.' };
    case 'oneself':
    case 'own_request':
      return { [deputyFields.deputy]: 'Please choose somebody else.' };
    case 'not_eligible':
      return { [deputyFields.deputy]: 'This person may not sign: please choose somebody else.' };
    case 'not_matched':
    case 'eligibility_unknown':
      return { [deputyFields.deputy]: 'It is not clear just now who may sign: please try again in a minute.' };
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return kind satisfies never;
  }
}

export function deputyNamedText(name: string, until: number): string {
  return `Until ${slackDate(until)} ${literal(name)} is asked in your place, also for what waits for you now. \`/fleet approvals\` ends it sooner.`;
}

export const deputyEndedText =
  'You are asked yourself again. What went to your deputy meanwhile stays with them; they can hand it over.';

/** Below what waits for somebody's signature. */
export function deputyBlocks(deputy: Deputy | null): KnownBlock[] {
  const button = (action_id: string, text: string): KnownBlock => ({
    type: 'actions',
    block_id: 'deputy',
    elements: [{ type: 'button', action_id, text: plain(text, limits.buttonText) }],
  });
  if (deputy === null) return [button(deputyActions.name, 'I will be away')];
  const text = `Until ${slackDate(deputy.until)} <@${deputy.slackUserId}> is asked in your place.`;
  return [{ type: 'context', elements: [mrkdwn(text)] }, button(deputyActions.end, 'I am back')];
}
