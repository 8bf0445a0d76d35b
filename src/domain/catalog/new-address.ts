import { z } from 'zod';
import { CountryCode } from '../ids.ts';
import type { DeepReadonly } from '../vocabulary.ts';

/** The longest of each that we send. Fleet documents 70 for the two lines of the address. */
const MAX_ADDRESS_LINE = 70;
const MAX_OTHER_FIELD = 70;

const filled = (most: number) => z.string().trim().min(1).max(most);

/** What **Delivery address** asks for. The label is ours. */
export const NewAddress = z.object({
  firstName: filled(MAX_OTHER_FIELD),
  lastName: filled(MAX_OTHER_FIELD),
  /** E.164, and the country that it belongs to. */
  phone: z.string().regex(/^\+[1-9]\d{5,14}$/),
  phoneCountry: CountryCode.regex(/^[A-Z]{2}$/),
  address1: filled(MAX_ADDRESS_LINE),
  address2: filled(MAX_ADDRESS_LINE).optional(),
  zip: filled(MAX_OTHER_FIELD),
  city: filled(MAX_OTHER_FIELD),
  country: CountryCode.regex(/^[A-Z]{2}$/),
});
export type NewAddress = DeepReadonly<z.infer<typeof NewAddress>>;

export const addressFields = [
  'first_name',
  'last_name',
  'address1',
  'address2',
  'zip',
  'city',
  'country',
  'label',
] as const;

/**
 * What an address says, so that two spellings of one address are the same: only letters and digits count, in one case.
 * Without the phone number, which Fleet may write differently.
 */
export function addressText(of: Readonly<Record<(typeof addressFields)[number], string | null | undefined>>): string {
  return JSON.stringify(addressFields.map((field) => fold(of[field] ?? '')));
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}
