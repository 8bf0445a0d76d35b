import { isKnownClientStatus, type KnownClientStatus } from '../failures/fleet-words.ts';

/** The way of an order as people think of it. Fleet documents neither meaning nor order of its statuses. */
export const wayStages = ['received', 'paperwork', 'preparing', 'shipping', 'in_use', 'closed'] as const;
export type WayStage = (typeof wayStages)[number];

/** Who gets a message when an order comes to this status; everybody else sees it on the card. */
type ToldOfStatus = 'nobody' | 'signatory' | 'requester' | 'requester_and_admins';

interface Standing {
  /** Null: Fleet does not say where it stands (`UNKNOWN`, or a status that is newer than this code). */
  readonly stage: WayStage | null;
  readonly told: ToldOfStatus;
  /** Nothing more is to be expected: polling may stop. */
  readonly isOver: boolean;
}

const at = (stage: WayStage | null, told: ToldOfStatus = 'nobody', isOver = false): Standing => ({
  stage,
  told,
  isOver,
});

const standings: Readonly<Record<KnownClientStatus, Standing>> = {
  RECEIVED: at('received'),
  BEING_PROCESSED: at('received'),
  FINANCING_REQUEST: at('paperwork', 'requester_and_admins'),
  DOC_REQUIRED: at('paperwork', 'requester_and_admins'),
  PENDING_DECISION: at('paperwork', 'requester_and_admins'),
  SIGNING: at('paperwork', 'signatory'),
  PROCESSING: at('preparing'),
  SHIPPED: at('shipping', 'requester'),
  RECEPTION_TO_CONFIRM: at('shipping', 'requester'),
  ONGOING_ORDER: at('in_use'),
  EQUIPMENT_TO_SEND: at('in_use'),
  ARCHIVED: at('closed', 'nobody', true),
  FAILED: at('closed', 'requester_and_admins', true),
  UNKNOWN: at(null),
};

export function standingOf(clientStatus: string): Standing {
  return isKnownClientStatus(clientStatus) ? standings[clientStatus] : at(null);
}
