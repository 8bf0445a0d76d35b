import type { SlackUserId } from '../../domain/ids.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { endDeputy } from '../../services/people/name-deputy.ts';
import { couldNotOpenText } from '../../views/card/decision-text.ts';
import { deputyEndedText, deputyModal } from '../../views/people/deputy.ts';
import type { PressArgs } from '../card-press.ts';
import type { Tenant } from '../deps.ts';

/** **I will be away** */
export async function onNameDeputy({ ack, body }: PressArgs, tenant: Tenant): Promise<void> {
  const [, opened] = await Promise.all([ack(), tenant.slack.openModal(body.trigger_id, deputyModal())]);
  if (!opened.ok) await tellWhoActed(tenant, body, couldNotOpenText);
}

/** **I am back** */
export async function onBack({ ack, body }: PressArgs, tenant: Tenant): Promise<void> {
  await endDeputy(tenant.context, body.user.id as SlackUserId);
  await ack();
  await tellWhoActed(tenant, body, deputyEndedText);
}
