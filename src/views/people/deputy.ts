import type { KnownBlock } from '@slack/types';
import type { SignRefusal } from '../../domain/people/match.ts';
import type { Deputy } from '../../domain/request/decide.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { actions, button, context } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks, deputyActions, deputyFields } from '../ids.ts';
import { limits } from '../limits.ts';
import { literal, plain, slackDate } from '../text.ts';

export const deputyTitle = 'Set a backup approver';

/** Slack itself asks for both fields. */
export function deputyModal(): ModalView {
  return modal({
    callbackId: callbacks.deputy,
    title: deputyTitle,
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: '',
    blocks: [
      {
        type: 'input',
        block_id: deputyFields.deputy,
        label: plain('Backup', limits.inputLabel),
        hint: plain(
          'Must be an approver. They are asked instead of you, and approve in their own name.',
          limits.inputHint,
        ),
        element: { type: 'users_select', action_id: deputyFields.deputy },
      },
      {
        type: 'input',
        block_id: deputyFields.lastDay,
        label: plain('Last day away', limits.inputLabel),
        element: { type: 'datepicker', action_id: deputyFields.lastDay },
      },
    ],
  });
}

/** What Slack sends for the two fields. */
export type DeputyValues = Readonly<
  Record<
    string,
    Readonly<Record<string, { readonly selected_user?: string | null; readonly selected_date?: string | null }>>
  >
>;

export function readDeputy(values: DeputyValues): { readonly deputy: string; readonly lastDay: string } {
  const { deputy, lastDay } = deputyFields;
  return {
    deputy: values[deputy]?.[deputy]?.selected_user ?? '',
    lastDay: values[lastDay]?.[lastDay]?.selected_date ?? '',
  };
}

/** Under the field it is about. Plain text. */
export function deputyErrors(
  kind: SignRefusal['kind'] | 'oneself' | 'day_is_over' | 'not_matched',
): Readonly<Record<string, string>> {
  switch (kind) {
    case 'day_is_over':
      return { [deputyFields.lastDay]: 'This day has passed. Choose a later one.' };
    case 'oneself':
    case 'own_request':
      return { [deputyFields.deputy]: 'Choose someone else.' };
    case 'not_eligible':
      return { [deputyFields.deputy]: "This person isn't an approver. Choose someone else." };
    case 'not_matched':
    case 'eligibility_unknown':
      return { [deputyFields.deputy]: "We couldn't check who can approve. Try again in a minute." };
  }
}

export function deputyNamedText(name: string, until: number): string {
  return `Until ${slackDate(until)}, ${literal(name)} is asked instead of you, also for requests waiting now. \`/fleet approvals\` ends it sooner.`;
}

export const deputyRepeatedText =
  'We already received this, so nothing was changed again. `/fleet approvals` shows whether you have a backup now.';

export const deputyEndedText =
  'Requests come to you again. Those already with your backup stay there; they can reassign them.';

/** Below the requests that wait for an approver. */
export function deputyBlocks(deputy: Deputy | null): KnownBlock[] {
  if (deputy === null) return [actions([button(deputyActions.name, deputyTitle)], 'deputy')];
  const text = `Until ${slackDate(deputy.until)}, <@${deputy.slackUserId}> is asked instead of you.`;
  return [context(text), actions([button(deputyActions.end, "I'm back")], 'deputy')];
}
