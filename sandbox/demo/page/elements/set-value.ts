import { usePerform } from '../context.ts';
import { useConfirm } from './confirm-context.ts';
import type { Place } from './element-types.ts';
import { afterFilling } from './filling.ts';

export type NewValue = string | string[] | number;

/** Sets an element's value on the server, in the order of the acts; a confirm dialog comes first if there is one. */
export function useSetValue(place: Place, element: Place['state'] & object) {
  const perform = usePerform();
  const ask = useConfirm();
  const { where, blockId, actionId } = place;
  return async (value: NewValue, enter?: boolean): Promise<boolean> => {
    const confirm = await ask(element);
    if (confirm === false) return false;
    const said = { ...(enter === undefined ? {} : { enter }), ...(confirm === undefined ? {} : { confirm }) };
    await afterFilling(() => perform({ kind: 'set_value', where, blockId, actionId, value, ...said }));
    return true;
  };
}
