import type { ReactNode } from 'react';
import type { OrderPicture } from '../../picture-types.ts';
import { usePanelAct } from './use-panel-act.ts';

interface Props {
  readonly orders: readonly OrderPicture[];
  readonly complain: (words: string) => void;
}

const modes: Record<string, string> = { LEASING: 'lease', BUY: 'buy' };

/** What Fleet holds: carts, and orders with their signatory. */
export function FleetOrders({ orders, complain }: Props): ReactNode {
  const { act, underWay } = usePanelAct(complain);
  if (orders.length === 0) return <p className="faint panel-empty">No carts or orders in Fleet yet.</p>;
  return (
    <ul className="orders">
      {orders.map(({ id, status, purchaser, signatory, mode, lines, validations }) => (
        <li key={id} className="order">
          <header>
            <strong>
              {status === null ? 'Cart' : 'Order'} {id}
            </strong>
            <span className={status === null ? 'status' : 'status status-order'}>{status ?? 'not ordered'}</span>
          </header>
          <p>
            Purchaser <strong>{purchaser ?? 'nobody'}</strong> · {modes[mode] ?? mode}
          </p>
          {signatory !== null && (
            <p>
              Signed by <strong>{signatory}</strong> · validated {validations === 1 ? 'once' : `${validations} times`}
            </p>
          )}
          <ul className="lines">
            {lines.map(({ name, count, details, price }) => (
              <li key={`${name}${details}`}>
                {count > 1 && `${count} × `}
                {name} <span className="faint">{price}</span>
                <small>{details}</small>
              </li>
            ))}
          </ul>
          {status !== null && (
            <button
              type="button"
              className="button button-small"
              aria-busy={underWay === `advance${id}`}
              aria-label={`Next status of order ${id}`}
              onClick={() => void act(`advance${id}`, { kind: 'advance_order', orderId: id })}
            >
              Next status
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
