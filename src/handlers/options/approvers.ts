import type { SlackUserId } from '../../domain/ids.ts';
import { findApprovers } from '../../services/people/find-approvers.ts';
import { matchPerson } from '../../services/people/match-person.ts';
import { approverOptions, nobodyMaySign, whoYouAreUnknown } from '../../views/cart/approver-options.ts';
import { sayingOption } from '../../views/order-equipment/order-equipment-options.ts';
import type { Tenant } from '../deps.ts';
import { answerOptions, type OptionArgs } from './answer-options.ts';

type Args = OptionArgs & { readonly body: { readonly user: { readonly id: string } } };

/** People who may sign for whoever asks; the note and the typed words decide nothing. */
export async function onApproverOptions(args: Args, { context }: Tenant): Promise<void> {
  const { value: typed, user } = args.body;
  await answerOptions(context, args, async () => {
    const match = await matchPerson(context, user.id as SlackUserId);
    if (match.kind !== 'matched') return [sayingOption(whoYouAreUnknown)];
    const { people, isNobodyKnown } = await findApprovers(context, match.person, typed);
    return isNobodyKnown ? [sayingOption(nobodyMaySign)] : approverOptions(people, typed);
  });
}
