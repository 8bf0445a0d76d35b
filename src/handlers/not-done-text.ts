import { mayStand } from '../services/people/may-stand.ts';
import { notRecordedText, unclearText } from '../views/notices.ts';

/** "Nothing was changed" only where that is certain. */
export function notDoneText(error: unknown): string {
  return mayStand(error) ? unclearText : notRecordedText;
}
