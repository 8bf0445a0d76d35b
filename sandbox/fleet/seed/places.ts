import type { Address, UserAddress } from '../model.ts';

type Place = {
  readonly id: number;
  readonly label: string | null;
  readonly street: string;
  readonly zip: string;
  readonly city: string;
  readonly country: string | null;
  readonly person?: readonly [string, string];
  readonly owner?: number;
  readonly isDefault?: boolean;
  readonly isHq?: boolean;
};

/** Every street, zip, city and phone contains a word that appears nowhere else. */
const places: readonly Place[] = [
  {
    id: 51,
    label: 'Paris HQ',
    street: '1 rue Canaryhq',
    zip: '75CNRY1',
    city: 'Canaryparis',
    country: 'FR',
    isDefault: true,
    isHq: true,
  },
  { id: 52, label: 'Berlin office', street: 'Canarystrasse 2', zip: '10CNRY2', city: 'Canaryberlin', country: 'DE' },
  { id: 53, label: 'London office', street: '3 Canary Mews', zip: 'E1CNRY3', city: 'Canarylondon', country: 'GB' },
  { id: 54, label: 'New York office', street: '4 Canary Avenue', zip: '10CNRY4', city: 'Canaryyork', country: 'US' },
  { id: 55, label: 'Zürich office', street: 'Canarygasse 5', zip: '80CNRY5', city: 'Canaryzurich', country: 'CH' },
  { id: 56, label: 'Lyon warehouse', street: '6 quai Canary', zip: '69CNRY6', city: 'Canarylyon', country: 'FR' },
  { id: 57, label: null, street: '7 Canary Nowhere', zip: '00CNRY7', city: 'Canarynull', country: null },
  {
    id: 58,
    label: '<!channel> *Depot* & `co`',
    street: '8 Canary Depot',
    zip: '13CNRY8',
    city: 'Canarydepot',
    country: 'FR',
  },
  {
    id: 61,
    label: 'Home',
    street: 'Canaryweg 61',
    zip: '80CNRY61',
    city: 'Canarymunich',
    country: 'DE',
    person: ['Anna', 'Keller'],
    owner: 11,
  },
  {
    id: 62,
    label: 'Home',
    street: '62 rue Canaryben',
    zip: '31CNRY62',
    city: 'Canarytoulouse',
    country: 'FR',
    person: ['Ben', 'Martin'],
    owner: 12,
  },
  {
    id: 63,
    label: 'Home',
    street: 'Canarylaan 63',
    zip: '10CNRY63',
    city: 'Canarybruxelles',
    country: 'BE',
    person: ['Eva', 'Lind'],
    owner: 13,
  },
  {
    id: 64,
    label: 'Home',
    street: 'via Canary 64',
    zip: '20CNRY64',
    city: 'Canarymilano',
    country: 'IT',
    person: ['Clara', 'Rossi'],
    owner: 21,
  },
  {
    id: 65,
    label: 'Second home',
    street: 'Canaryplatz 65',
    zip: '20CNRY65',
    city: 'Canaryhamburg',
    country: 'DE',
    person: ['Anna', 'Keller'],
    owner: 11,
  },
];

const phoneOf = (id: number): string => `+3365550${String(id).padStart(4, '0')}`;

/**
 * For leak tests: search every payload and log line for each of these. They include the cities of homes, but not of
 * offices, by which people may choose an address.
 */
export const canaries: readonly string[] = places.flatMap(({ street, zip, city, id, owner }) => [
  ...[street, zip, phoneOf(id)],
  ...(owner === undefined ? [] : [city]),
]);

export function addresses(): Address[] {
  return places.map((place) => ({
    ...{ id: place.id, first_name: place.person?.[0] ?? 'Front', last_name: place.person?.[1] ?? 'Desk' },
    ...{ phone: phoneOf(place.id), phone_country: place.country, address1: place.street, address2: null },
    ...{ type: place.owner === undefined ? 'OFFICE' : 'PERSONAL', zip: place.zip, city: place.city },
    ...{ country: place.country, label: place.label, comment: null },
    ...{ is_default: place.isDefault ?? false, is_hq: place.isHq ?? false },
  }));
}

/** The last one refers to an address that does not exist: a link can outlive its address. */
export function userAddresses(): UserAddress[] {
  const owned = places.flatMap(({ id, owner }) => (owner === undefined ? [] : [{ user_id: owner, address_id: id }]));
  return [...owned, { user_id: 22, address_id: 99 }];
}
