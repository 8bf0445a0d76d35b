/** Messages between the demo and the app's process. */
export type ToApp = { readonly kind: 'clock'; readonly offsetMs: number };

export type FromApp =
  | { readonly kind: 'running'; readonly port: number }
  | { readonly kind: 'clock_set'; readonly offsetMs: number };

export function isFromApp(message: unknown): message is FromApp {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  return message.kind === 'running' || message.kind === 'clock_set';
}
