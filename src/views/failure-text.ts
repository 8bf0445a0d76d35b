import type { Advice } from '../domain/failures/advice.ts';
import { adviceFor, type Moment } from '../domain/failures/failure-table.ts';
import type { FleetFailure } from '../domain/failures/fleet-failure.ts';
import { esc, literal } from './text.ts';

const MOST_OF_FLEETS_WORDS = 300;

/** What happened, whether anything was ordered, what to do next, and under it Fleet's own words. mrkdwn. */
export function failureText(failure: FleetFailure, moment?: Moment): string {
  return adviceText(adviceFor(failure, moment));
}

/** The same directly above a field: it begins with the field's label. mrkdwn. */
export function fieldProblemText(failure: FleetFailure): string {
  const advice = adviceFor(failure);
  return advice.label === null ? adviceText(advice) : `${advice.label}: ${adviceText(advice)}`;
}

function adviceText({ happened, orderedText, next, fleetsWords }: Advice): string {
  const ours = esc(`${happened} ${orderedText} ${next}`);
  return fleetsWords === null ? ours : `${ours}\nFleet says: “${literal(fleetsWords, MOST_OF_FLEETS_WORDS)}”`;
}
