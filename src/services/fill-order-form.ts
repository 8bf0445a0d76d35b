import type { FleetFailure } from '../domain/fleet-failure.ts';
import type { OrderChoice, OrderForm } from '../domain/order-form.ts';
import type { RowKey } from '../domain/order-line.ts';
import type { NoMatch } from '../domain/people.ts';
import type { DeviceRequest } from '../domain/request.ts';
import type { Pause } from '../store/store.ts';

export interface FormWanted {
  /** Null: a new form, with the person's defaults. */
  readonly choice: OrderChoice | null;
  readonly words: string;
  readonly editing: RowKey | null;
  readonly problem?: OrderForm['problem'];
}

export type FilledForm =
  /** Its price is still `asking` where there is one to ask for: `withPrice` asks. */
  | { readonly kind: 'form'; readonly form: OrderForm }
  | { readonly kind: 'no_match'; readonly why: NoMatch }
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  | { readonly kind: 'no_country' }
  | { readonly kind: 'failed'; readonly failure: FleetFailure };
