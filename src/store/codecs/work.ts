import { z } from 'zod';
import type {
  ChangeId,
  FleetOrderId,
  FleetUserId,
  RequestId,
  SlackChannelId,
  SlackMessageTs,
  SlackUserId,
  SlackViewId,
  TenantId,
} from '../../domain/ids.ts';
import type { CardSide } from '../../domain/request/signed-card.ts';
import type { ModalCarry, Notice, Work, WorkItem } from '../../domain/work.ts';
import { branded, brandedId } from './brands.ts';
import { CartChangeShape } from './cart-change.ts';
import { createCodec } from './codec.ts';
import { everyKind } from './every-kind.ts';
import { FleetFailureShape } from './fleet-failure.ts';
import { PersonShape } from './order-line.ts';

const tenant = branded<TenantId>();
const slackUserId = branded<SlackUserId>();
const requestId = branded<RequestId>();
const changeId = branded<ChangeId>();
const viewId = branded<SlackViewId>().nullable();
const fleetOrderId = brandedId<FleetOrderId>();

const carry: z.ZodType<ModalCarry> = z.object({
  approver: slackUserId.nullable(),
  note: z.string(),
  words: z.string(),
});

const notice = everyKind<Notice>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sentence'), text: z.string() }),
    z.object({
      kind: z.literal('fleet_needs_admin'),
      failure: FleetFailureShape,
      about: PersonShape.nullable(),
      fleetOrderId: fleetOrderId.nullable(),
    }),
    z.object({ kind: z.literal('ordering_paused'), failure: FleetFailureShape }),
    z.object({
      kind: z.literal('order_status'),
      reader: z.enum(['signatory', 'requester', 'admins']),
      fleetOrderId,
      clientStatus: z.string(),
      requester: PersonShape,
    }),
    z.object({ kind: z.literal('approver_gone'), requestId, approver: PersonShape, requester: PersonShape }),
  ]),
);

const to = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), slackUserId }),
  z.object({ kind: z.literal('admins') }),
  z.object({
    kind: z.literal('approvers'),
    before: z.object({ people: z.array(slackUserId), userGroups: z.array(z.string()) }),
  }),
]);

const side = z.object({ slackUserId, fleetUserId: brandedId<FleetUserId>() });
const card: z.ZodType<CardSide> = z.object({
  tenant,
  requestId,
  fleetOrderId,
  requester: side,
  approver: side,
  expiresAt: z.number(),
  fingerprint: z.string(),
  otherCopy: z.object({ channel: branded<SlackChannelId>(), ts: branded<SlackMessageTs>() }).nullable(),
});

const WorkShape = everyKind<Work>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('change_cart'),
      tenant,
      slackUserId,
      changeId,
      change: CartChangeShape,
      carry,
      viewId,
    }),
    z.object({
      kind: z.literal('send_request'),
      tenant,
      slackUserId,
      changeId,
      approverSlackUserId: slackUserId,
      note: z.string(),
      seen: z.string(),
      viewId,
    }),
    z.object({ kind: z.literal('carry_out_approval'), tenant, requestId }),
    z.object({ kind: z.literal('look_up_unconfirmed'), tenant, requestId, isExtra: z.boolean().exactOptional() }),
    z.object({ kind: z.literal('update_cards'), tenant, requestId }),
    z.object({ kind: z.literal('remind'), tenant, requestId }),
    z.object({ kind: z.literal('expire'), tenant, requestId }),
    z.object({ kind: z.literal('tell'), tenant, to, notice }),
    z.object({
      kind: z.literal('rebuild_request'),
      tenant,
      card,
      pressedBy: slackUserId,
      since: z.number().exactOptional(),
    }),
    z.object({ kind: z.literal('person_changed'), tenant, slackUserId }),
    z.object({
      kind: z.literal('erase_workspace'),
      tenant,
      stop: z.object({ why: z.enum(['tokens_revoked', 'app_uninstalled']), since: z.number() }),
    }),
    z.object({ kind: z.literal('refresh_directory'), tenant }),
    z.object({ kind: z.literal('follow_orders'), tenant }),
    z.object({ kind: z.literal('publish_home'), tenant, slackUserId }),
  ]),
);

export const workItemCodec = createCodec<WorkItem>({
  version: 1,
  schema: z.object({ id: z.string(), notBefore: z.number().exactOptional(), work: WorkShape }),
});
