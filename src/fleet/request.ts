import { z } from 'zod';
import type { FleetOperation } from '../domain/failures/fleet-failure.ts';
import { issueOf, type Read } from './reading.ts';

/** One operation with everything that is sent for it, and the reader of its answer. */
export interface FleetRequest<T> {
  readonly operation: FleetOperation;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly read: Read<T>;
}

/** We were about to send what Fleet's reference forbids: a bug of ours. Nothing was sent. */
export class InvalidFleetRequest extends Error {
  override readonly name = 'InvalidFleetRequest';
  readonly operation: FleetOperation;

  constructor(operation: FleetOperation, issue: string) {
    super(`${operation}: ${issue}`);
    this.operation = operation;
  }
}

/** Throws for whatever the reference would not allow, fields that it does not know included. */
export function checked<Schema extends z.ZodType>(
  operation: FleetOperation,
  schema: Schema,
  input: z.input<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidFleetRequest(operation, issueOf(parsed.error));
  return parsed.data;
}

/** Written into paths and queries as `^[1-9]\d*$`: a safe integer above zero has no other spelling. */
export const SentId = z.int().positive();
export const sentPage = {
  limit: z.int().min(1).max(100).optional(),
  offset: z.int().min(0).optional(),
};
