import { z } from 'zod';
import type { AnswerBody } from './exchange.ts';

export type AnswerJson =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly issue: 'too large' | 'empty' | 'HTML' | 'not JSON' };

export function answerJson(body: Exclude<AnswerBody, { readonly kind: 'lost' }>): AnswerJson {
  if (body.kind === 'too_large') return { ok: false, issue: 'too large' };
  const text = body.text.trim();
  if (text === '') return { ok: false, issue: 'empty' };
  if (text.startsWith('<')) return { ok: false, issue: 'HTML' };
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return { ok: false, issue: 'not JSON' };
  }
}

const ErrorEnvelope = z.object({ error: z.string().trim().min(1) });

/** `{ "error": <code or readable message> }`: what stands there, or null. */
export function errorIn(answer: AnswerJson): string | null {
  return answer.ok ? (ErrorEnvelope.safeParse(answer.json).data?.error ?? null) : null;
}
