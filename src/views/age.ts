import { counted } from './format.ts';

const MINUTE = 60_000;
const units = [
  { ms: 24 * 60 * MINUTE, one: 'day', many: 'days' },
  { ms: 60 * MINUTE, one: 'hour', many: 'hours' },
  { ms: MINUTE, one: 'minute', many: 'minutes' },
] as const;

/** "3 days", in the largest unit that fills at least one. */
export function ageText(ms: number): string {
  const unit = units.find((one) => ms >= one.ms);
  return unit === undefined ? 'just now' : counted(Math.floor(ms / unit.ms), unit.one, unit.many);
}
