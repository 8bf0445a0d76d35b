import { z } from 'zod';
import type { CatalogProduct, ProductGroup } from '../domain/catalog/products.ts';
import { FleetProductGroupId, FleetProductId } from '../domain/ids.ts';
import { Address, Order } from './schema.ts';
import { text } from './values.ts';

/**
 * How we read what Fleet's public pages don't document. Each entry is a guess: when a real answer contradicts it, correct
 * it here and in docs/fleet-contract.md ("What is assumed"). Guessed error codes are marked in src/domain/failures/codes.ts.
 */

/** A row whose field names are a guess. */
const LooseRow = z.record(z.string(), z.unknown());
type LooseRow = z.infer<typeof LooseRow>;

/** The first field that holds text wins. Fleet's guide only says: brand, category, imagery, marketing name. */
const productGroupFields = {
  name: ['name', 'marketing_name', 'label', 'title'],
  brand: ['brand', 'brand_name'],
  category: ['category'],
  imageUrl: ['img_url', 'image_url', 'image', 'picture_url'],
} as const;

export const ProductGroupRow = LooseRow.transform((row, context): ProductGroup => {
  const productGroupId = FleetProductGroupId.safeParse(row.id ?? row.product_group_id);
  if (!productGroupId.success) {
    context.addIssue({ code: 'custom', path: ['id'] });
    return z.NEVER;
  }
  return {
    productGroupId: productGroupId.data,
    name: firstText(row, productGroupFields.name),
    brand: firstText(row, productGroupFields.brand),
    category: firstText(row, productGroupFields.category),
    imageUrl: firstText(row, productGroupFields.imageUrl),
  };
});

const KEYBOARD_LAYOUTS = 'keyboard_layouts';

/** One row of `ListCatalogProductsResponse`. */
export const CatalogProductRow = z
  .looseObject({
    id: FleetProductId,
    name: text,
    has_keyboard: z.boolean().nullish(),
    img_url: text,
    product_group_id: FleetProductGroupId.nullish(),
    characteristics: LooseRow.nullish(),
  })
  .transform((product): CatalogProduct => {
    const characteristics = product.characteristics ?? {};
    const keyboardLayouts = keyboardLayoutsOf(product, characteristics);
    return {
      productId: product.id,
      name: product.name,
      hasKeyboard: product.has_keyboard ?? keyboardLayouts.length > 0,
      keyboardLayouts,
      imageUrl: product.img_url,
      productGroupId: product.product_group_id ?? null,
      characteristics: Object.fromEntries(
        Object.entries(characteristics)
          .filter(([key]) => key !== KEYBOARD_LAYOUTS)
          .map(([key, value]) => [key, characteristicText(value)] as const)
          .filter(([, shown]) => shown !== ''),
      ),
    };
  });

/** An array of layout names, either a field of the product or one of its characteristics. */
function keyboardLayoutsOf(product: LooseRow, characteristics: LooseRow): readonly string[] {
  const listed = product[KEYBOARD_LAYOUTS] ?? characteristics[KEYBOARD_LAYOUTS];
  return Array.isArray(listed) ? listed.filter((layout): layout is string => typeof layout === 'string') : [];
}

function characteristicText(value: unknown): string {
  if (Array.isArray(value)) {
    return value
      .map(characteristicText)
      .filter((part) => part !== '')
      .join(', ');
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}

/** `GET /addresses` is undocumented: its path, its rows (as in `POST /addresses`) and its paging are guesses. */
export const addressList = { path: '/addresses', row: Address, mayLackMeta: true } as const;

/** Fleet documents 70 characters for the lines of an address, and none for its label. */
export const addressLabelLimit = 70;

/** So is the page of `GET /orders`: its rows may call the id `id`, as carts do. */
export const OrderRow = LooseRow.transform((row) => ({ ...row, order_id: row.order_id ?? row.id })).pipe(Order);

/** Fleet's guide: "standard RateLimit-* headers may be present". These are the names that Node servers send. */
export const rateLimitHeaders = {
  retryAfter: ['retry-after'],
  remaining: ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining'],
  reset: ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'],
  combined: 'ratelimit',
} as const;

/** The wait after a 429 without a header that says how long. */
export const unnamedWaitMs = 10_000;

/** A missing, wrong or revoked key is "typically" 401. Its body is undocumented, so we don't read it. */
export const UNAUTHORIZED = 401;
export const TOO_MANY_REQUESTS = 429;

function firstText(row: LooseRow, names: readonly string[]): string | null {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}
