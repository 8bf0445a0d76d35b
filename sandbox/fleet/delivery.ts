import type { Reply } from './rejection.ts';

/** What actually goes over the wire. */
export type Delivery =
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | { readonly kind: 'half'; readonly status: number; readonly text: string; readonly then: 'hang' | 'reset' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

export function json(reply: Reply): Delivery {
  return {
    kind: 'text',
    status: reply.status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...reply.headers },
    text: JSON.stringify(reply.body),
  };
}

export function plain(status: number, contentType: string, text: string): Delivery {
  return { kind: 'text', status, headers: { 'Content-Type': contentType }, text };
}
