type Rewrite = (key: string, value: unknown) => unknown;

/** Rebuilds a JSON value. If the rewrite returns `undefined`, the value is kept and its contents are visited. */
function rewritten(value: unknown, rewrite: Rewrite): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, rewrite));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const replaced = rewrite(key, field);
      return [key, replaced === undefined ? rewritten(field, rewrite) : replaced];
    }),
  );
}

/** Every field the API reference calls nullable, in any answer of the stand-in. */
const nullable = new Set([
  ...['purchaser_id', 'num_devices', 'rent', 'currency', 'name', 'product_id', 'img_url', 'product_group_id'],
  ...['rent_currency', 'order_number', 'contract_number', 'order_date', 'min_shipping', 'max_shipping', 'brand'],
  ...['email', 'secondary_email', 'first_name', 'last_name', 'phone', 'phone_country', 'language', 'position'],
  ...['arrival_date', 'departure_date', 'date_of_birth', 'city_of_birth', 'country_of_birth', 'address1', 'address2'],
  ...['zip', 'city', 'country', 'comment', 'type', 'serial_number', 'tracking_number', 'tracking_url', 'source', 'mdm'],
]);

export function withNulls(body: unknown): unknown {
  return rewritten(body, (key, value) => {
    if (key === 'characteristics') return nulled(value);
    // A team's label is not nullable; an address's label and a device's category are.
    if (key === 'teams' || key === 'device_names') return value;
    return nullable.has(key) || key === 'label' ? null : undefined;
  });
}

function nulled(value: unknown): unknown {
  return Object.fromEntries(Object.keys(value ?? {}).map((key) => [key, null]));
}

export function withStatus(body: unknown, clientStatus: string): unknown {
  return rewritten(body, (key) => (key === 'client_status' ? clientStatus : undefined));
}

export function idsAsStrings(body: unknown): unknown {
  return rewritten(body, (key, value) =>
    (key === 'id' || key.endsWith('_id')) && typeof value === 'number' ? String(value) : undefined,
  );
}

type List = { readonly data: readonly unknown[]; readonly total: number; readonly offset: number };

/** A page of a list with other rows or other `meta`. The list of products has no `meta`. */
export function withList(body: unknown, change: (list: List) => Partial<List>): unknown {
  const { data, meta } = body as { data: readonly unknown[]; meta?: { total: number; limit: number; offset: number } };
  const list = { data, total: meta?.total ?? 0, offset: meta?.offset ?? 0 };
  const { data: rows, ...counts } = { ...list, ...change(list) };
  return meta === undefined ? { data: rows } : { data: rows, meta: { ...meta, ...counts } };
}

export function withoutIds(rows: readonly unknown[], at: number): readonly unknown[] {
  return rows.map((row, index) =>
    index === at ? rewritten(row, (key) => (key === 'id' || key.endsWith('_id') ? null : undefined)) : row,
  );
}
