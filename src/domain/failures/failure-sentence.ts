import type { Advice } from './advice.ts';

/** What happened, whether anything was ordered, what to do next. Plain text, to be escaped when it is shown. */
export function adviceSentence({ happened, orderedText, next, fleetsWords }: Advice): string {
  const ours = `${happened} ${orderedText} ${next}`;
  return fleetsWords === null ? ours : `${ours} Fleet says: “${fleetsWords}”`;
}

/** The same above a field: it begins with the field's label, so that nobody has to guess what it is about. */
export function fieldSentence(advice: Advice): string {
  return advice.label === null ? adviceSentence(advice) : `${advice.label}: ${adviceSentence(advice)}`;
}
