import type { FleetFailure, FleetOperation } from '../domain/failures/failure.ts';
import type { Urgency } from '../domain/fleet-budget.ts';
import type { FleetCall } from './answer.ts';
import { type AnswerOf, type ArgumentsOf, InvalidFleetRequest, operations } from './operations.ts';

export type FleetResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FleetFailure };

/**
 * Fleet's Platform API, for one key: each operation with its own arguments, then who is waiting. Expected failures are
 * values; a thrown error is a bug of ours.
 */
export type Fleet = {
  readonly [Operation in FleetOperation]: (
    ...args: [...ArgumentsOf<Operation>, urgency: Urgency]
  ) => Promise<FleetResult<AnswerOf<Operation>>>;
};

export type Send = <T>(operation: FleetOperation, call: FleetCall<T>, urgency: Urgency) => Promise<FleetResult<T>>;

/** Every row of the operations table as a method that checks its arguments and sends. */
export function createFleet(send: Send): Fleet {
  return mapOperations<FleetCall<unknown>>(operations, (operation, call) => async (...args) => {
    return send(
      operation,
      checkedCall(operation, () => call(...args.slice(0, -1))),
      urgencyOf(args),
    );
  });
}

type Around = (
  operation: FleetOperation,
  ask: () => Promise<FleetResult<unknown>>,
  urgency: Urgency,
) => Promise<FleetResult<unknown>>;

/** The same Fleet with `around` wrapped around each request. */
export function wrapFleet(fleet: Fleet, around: Around): Fleet {
  return mapOperations<Promise<FleetResult<unknown>>>(
    fleet,
    (operation, ask) =>
      (...args) =>
        around(operation, () => ask(...args), urgencyOf(args)),
  );
}

/** Adds the operation to the error for an argument that Fleet's reference forbids, which is a bug of ours. */
function checkedCall<T>(operation: FleetOperation, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof InvalidFleetRequest ? new InvalidFleetRequest(error.message, operation) : error;
  }
}

/** Every operation's last argument. */
function urgencyOf(args: readonly unknown[]): Urgency {
  return args[args.length - 1] as Urgency;
}

type Loose<R> = (...args: unknown[]) => R;

/** Casts here and nowhere else: a loop over the table can't say that each row keeps its own types. */
function mapOperations<R>(
  table: { readonly [Operation in FleetOperation]: (...args: never[]) => R },
  make: (operation: FleetOperation, row: Loose<R>) => Loose<Promise<FleetResult<unknown>>>,
): Fleet {
  const rows = Object.entries(table) as [FleetOperation, Loose<R>][];
  return Object.fromEntries(rows.map(([operation, row]) => [operation, make(operation, row)])) as Fleet;
}
