import { searchPeople } from '../../services/people/search-people.ts';
import { peopleNotLoaded, peopleOptions, sayingOption } from '../../views/order-equipment/order-equipment-options.ts';
import type { Tenant } from '../deps.ts';
import { answerOptions, type OptionArgs } from './answer-options.ts';

export async function onPeopleOptions(args: OptionArgs, { context }: Tenant): Promise<void> {
  const { value: typed } = args.body;
  await answerOptions(context, args, async () => {
    const found = await searchPeople(context, typed);
    return found.kind === 'people_loading'
      ? [...peopleOptions([], ''), sayingOption(peopleNotLoaded)]
      : peopleOptions(found.people, typed);
  });
}
