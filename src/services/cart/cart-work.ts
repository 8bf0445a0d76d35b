import type { Work } from '../../domain/work.ts';

export type ChangeWork = Extract<Work, { kind: 'change_cart' }>;
export type SendWork = Extract<Work, { kind: 'send_request' }>;
