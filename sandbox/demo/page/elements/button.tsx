import { type ReactNode, useState } from 'react';
import { usePerform } from '../context.ts';
import { str, textOf } from '../json.ts';
import { useConfirm } from './confirm-context.ts';
import type { ElementProps } from './element-types.ts';
import { allFilled } from './filling.ts';

/** As in Slack, it can be pressed again at once: counting the press only once is up to the app. */
export function ButtonElement({ element, place }: ElementProps): ReactNode {
  const perform = usePerform();
  const ask = useConfirm();
  const [underWay, setUnderWay] = useState(0);
  const { where, blockId, actionId } = place;
  const style = str(element.style) || 'default';
  const url = str(element.url);
  const press = async (): Promise<void> => {
    const confirm = await ask(element);
    if (confirm === false) return;
    setUnderWay((count) => count + 1);
    if (url !== '') window.open(url, '_blank', 'noreferrer');
    await allFilled();
    await perform({ kind: 'press', where, blockId, actionId, ...(confirm === undefined ? {} : { confirm }) });
    setUnderWay((count) => count - 1);
  };
  const spoken = str(element.accessibility_label);
  return (
    <button
      type="button"
      className={`button button-${style}`}
      onClick={() => void press()}
      aria-busy={underWay > 0}
      {...(spoken === '' ? {} : { 'aria-label': spoken })}
    >
      <span className="button-text">{textOf(element.text)}</span>
      {underWay > 0 && <span className="spinner" aria-hidden="true" />}
    </button>
  );
}
