import type { PlainTextOption } from '@slack/types';
import { errorName } from '../../domain/error-name.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import type { ServiceContext } from '../../services/context.ts';
import { sayingOption, searchFailed } from '../../views/order-equipment/order-equipment-options.ts';

/** The part of Bolt's arguments that a search needs: its own type of them is too deep for TypeScript to compare. */
export interface OptionArgs {
  readonly ack: (answer: { options: PlainTextOption[] }) => Promise<void>;
  readonly body: { readonly value: string; readonly view?: { readonly private_metadata: string } };
  readonly context: { readonly teamId?: string };
}

/** Slack waits three seconds and then shows an error of its own. */
const LONGEST_MS = 2000;

/** A row in any case: of a failure too, since nobody sees an empty answer. */
export async function answerOptions(
  { sleep, log }: Pick<ServiceContext, 'sleep' | 'log'>,
  { ack }: Pick<OptionArgs, 'ack'>,
  search: () => Promise<PlainTextOption[]>,
): Promise<void> {
  let options: PlainTextOption[] | null = null;
  try {
    options = await withTimeout(sleep, LONGEST_MS, search());
  } catch (error) {
    log.warn('a search failed', { error: errorName(error) });
  }
  await ack({ options: options ?? [sayingOption(searchFailed)] });
}
