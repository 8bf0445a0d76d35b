import type { AcquisitionMode, Category } from '../failures/fleet-words.ts';
import type { CountryCode, CurrencyCode, FleetProductGroupId, SlackChannelId, SlackUserId } from '../ids.ts';
import type { Money } from '../order/order-line.ts';

export interface DeliveryCountry {
  readonly code: CountryCode;
  readonly currency: CurrencyCode;
}

/** What of an order is told in the announcement channel. */
export const announced = ['ordered', 'shipped'] as const;
export type Announced = (typeof announced)[number];

/** What admins can change. Until they do, `defaultSettings` hold: they stand nowhere else. */
export interface Settings {
  readonly countries: readonly DeliveryCountry[];
  readonly defaultCountry: CountryCode | null;
  readonly defaultMode: AcquisitionMode;
  /** Null: all of Fleet's. */
  readonly categories: readonly Category[] | null;
  readonly productGroups: readonly FleetProductGroupId[] | null;
  readonly priceLimits: readonly Money[];
  /** Empty: Fleet's `ADMIN`s. */
  readonly approvers: { readonly people: readonly SlackUserId[]; readonly userGroups: readonly string[] };
  /** Empty: Fleet's `ADMIN`s. */
  readonly admins: readonly SlackUserId[];
  /** Null: nobody signs their own request. */
  readonly selfApproval: { readonly reason: string } | null;
  readonly remindAfterMs: number;
  readonly expireAfterMs: number;
  /** ISO weekdays (1 is Monday) and full hours in the approver's own time zone. */
  readonly workingHours: { readonly days: readonly number[]; readonly from: number; readonly until: number };
  readonly pollEveryMs: number;
  /** Null: nothing is announced. */
  readonly announcements: { readonly channel: SlackChannelId; readonly what: readonly Announced[] } | null;
}

const HOUR = 60 * 60 * 1000;

const country = (code: string, currency: string): DeliveryCountry => ({
  code: code as CountryCode,
  currency: currency as CurrencyCode,
});

export const defaultSettings: Settings = {
  countries: [
    country('FR', 'EUR'),
    country('BE', 'EUR'),
    country('CH', 'CHF'),
    country('LU', 'EUR'),
    country('DE', 'EUR'),
    country('AT', 'EUR'),
    country('ES', 'EUR'),
    country('IT', 'EUR'),
    country('PT', 'EUR'),
    country('NL', 'EUR'),
    country('IE', 'EUR'),
    country('GB', 'GBP'),
    country('US', 'USD'),
    country('CA', 'CAD'),
  ],
  defaultCountry: null,
  defaultMode: 'LEASING',
  categories: null,
  productGroups: null,
  priceLimits: [],
  approvers: { people: [], userGroups: [] },
  admins: [],
  selfApproval: null,
  remindAfterMs: 24 * HOUR,
  expireAfterMs: 7 * 24 * HOUR,
  workingHours: { days: [1, 2, 3, 4, 5], from: 9, until: 18 },
  pollEveryMs: 10 * 60 * 1000,
  announcements: null,
};
