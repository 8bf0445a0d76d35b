import { onTestFinished } from 'vitest';
import { type FleetOptions, type FleetStandIn, startFleet } from '../../fleet/start.ts';

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

export type Api = {
  readonly fleet: FleetStandIn;
  get(path: string, key?: string): Promise<Answer>;
  post(path: string, body: unknown, key?: string): Promise<Answer>;
  patch(path: string, body: unknown, key?: string): Promise<Answer>;
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** Creates a cart of four MacBooks for purchaser 11; returns the cart's id. */
  aCart(purchaserId?: number): Promise<number>;
};

export const macBook = { product_id: 101, delivery_country: 'FR', keyboard_layout: 'FRENCH_AZERTY' } as const;
export const screen = { product_id: 131, delivery_country: 'FR' } as const;

/** A stand-in for this test only, closed when the test ends. */
export async function anApi(options: FleetOptions = {}): Promise<Api> {
  const fleet = await startFleet({ requestsPerMinute: Number.POSITIVE_INFINITY, ...options });
  onTestFinished(() => fleet.close());

  const raw = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = {
      authorization: `Bearer ${fleet.apiKey}`,
      ...(init.headers as Record<string, string> | undefined),
    };
    return fetch(`${fleet.url}${path}`, { ...init, headers });
  };
  const send = async (method: string, path: string, body: unknown, key = fleet.apiKey): Promise<Answer> => {
    const isWrite = body !== undefined;
    const response = await raw(path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(isWrite ? { 'content-type': 'application/json' } : {}) },
      ...(isWrite ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  const api: Api = {
    fleet,
    raw,
    get: (path, key) => send('GET', path, undefined, key),
    post: (path, body, key) => send('POST', path, body, key),
    patch: (path, body, key) => send('PATCH', path, body, key),
    async aCart(purchaserId = 11) {
      const made = await api.post('/carts', {
        purchaser_id: purchaserId,
        order_items: [macBook, macBook, macBook, macBook],
      });
      return (made.body as { data: { order_id: number } }).data.order_id;
    },
  };
  return api;
}

export const refused = (status: number, error: unknown) => ({ status, body: { error } });
