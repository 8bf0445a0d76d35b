import type { SlackUserId } from '../domain/ids.ts';
import { tellWhoActed } from '../presenters/workspace.ts';
import { endDeputy } from '../services/request/deputy.ts';
import { deputyEndedText, deputyModal } from '../views/people/deputy.ts';
import { couldNotOpenText } from '../views/request/state.ts';
import type { PressArgs, Tenant } from './listener.ts';

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
