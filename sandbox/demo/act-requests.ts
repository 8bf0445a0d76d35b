import { z } from 'zod';

const id = z.string().min(1).max(300);
const where = z.union([id, z.object({ channel: id, ts: id })]);
const value = z.union([z.string(), z.array(z.string()), z.number()]);

/** What a person does on the page, by id, as Slack's own client would send it. */
export const PersonAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), text: z.string(), channelId: id }),
  z.object({ kind: z.literal('say'), text: z.string(), channelId: id }),
  z.object({ kind: z.literal('shortcut'), name: id }),
  z.object({ kind: z.literal('open_home') }),
  z.object({ kind: z.literal('read'), channelId: id }),
  z.object({
    kind: z.literal('press'),
    where,
    blockId: id,
    actionId: id,
    value: value.optional(),
    confirm: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('set_value'),
    where,
    blockId: id,
    actionId: id,
    value,
    enter: z.boolean().optional(),
    confirm: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('suggest'), where, blockId: id, actionId: id, query: z.string() }),
  z.object({ kind: z.literal('submit'), viewId: id }),
  z.object({ kind: z.literal('close'), viewId: id, all: z.boolean().optional() }),
]);
export type PersonAct = z.infer<typeof PersonAct>;

/** What the panel does to Fleet, the app or the clock. */
export const PanelAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trouble'), id, isOn: z.boolean() }),
  z.object({ kind: z.literal('kill_app') }),
  z.object({ kind: z.literal('restart_app') }),
  z.object({ kind: z.literal('advance_order'), orderId: z.number().int(), until: z.string().optional() }),
  z.object({ kind: z.literal('move_clock'), ms: z.number().positive() }),
  z.object({ kind: z.literal('clear_violations') }),
]);
export type PanelAct = z.infer<typeof PanelAct>;

/** The answer to an act: what the next picture does not show. */
export interface ActAnswer {
  /** False: Slack could not reach the app, or the app did not acknowledge. */
  readonly reached: boolean;
  /** Why it failed, such as a press on something that no longer exists. */
  readonly refused?: string;
  readonly options?: readonly Readonly<Record<string, unknown>>[];
  /** For a submit: what happened to the modal. */
  readonly outcome?: string;
}
