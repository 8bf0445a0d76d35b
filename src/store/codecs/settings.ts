import { z } from 'zod';
import { acquisitionModes, type Category } from '../../domain/failures/fleet-words.ts';
import type { CountryCode, CurrencyCode, FleetProductGroupId, SlackChannelId, SlackUserId } from '../../domain/ids.ts';
import { type Announced, announced, defaultSettings, type Settings } from '../../domain/settings/settings.ts';
import { branded, brandedId } from './brands.ts';
import { type Codec, createCodec } from './codec.ts';
import { MoneyShape } from './order-line.ts';

const people = z.array(branded<SlackUserId>());
const hour = z.number().int().min(0).max(24);

const fields: { readonly [Name in keyof Settings]: z.ZodType<Settings[Name]> } = {
  countries: z.array(z.object({ code: branded<CountryCode>(), currency: branded<CurrencyCode>() })),
  defaultCountry: branded<CountryCode>().nullable(),
  defaultMode: z.enum(acquisitionModes),
  categories: z.array(branded<Category>()).nullable(),
  productGroups: z.array(brandedId<FleetProductGroupId>()).nullable(),
  priceLimits: z.array(MoneyShape),
  approvers: z.object({ people, userGroups: z.array(z.string()) }),
  admins: people,
  selfApproval: z.object({ reason: z.string() }).nullable(),
  remindAfterMs: z.number().positive(),
  expireAfterMs: z.number().positive(),
  workingHours: z.object({ days: z.array(z.number().int().min(1).max(7)), from: hour, until: hour }),
  pollEveryMs: z.number().positive(),
  announcements: z
    .object({
      channel: branded<SlackChannelId>(),
      // A release that could not choose announced everything.
      what: z.array(branded<Announced>()).default([...announced]),
    })
    .nullable(),
};

/** A setting that an older release did not know, or that no longer parses (reported by name), has its default. */
export function createSettingsCodec(onUnreadable: (setting: string) => void): Codec<Settings> {
  const lenient = <Name extends keyof Settings>(name: Name): z.ZodType<Settings[Name]> => {
    const anything = z.unknown().optional();
    return anything.transform((stored) => {
      if (stored === undefined) return defaultSettings[name];
      const parsed = fields[name].safeParse(stored);
      if (parsed.success) return parsed.data;
      onUnreadable(name);
      return defaultSettings[name];
    });
  };
  return createCodec<Settings>({
    version: 1,
    schema: z.object({
      countries: lenient('countries'),
      defaultCountry: lenient('defaultCountry'),
      defaultMode: lenient('defaultMode'),
      categories: lenient('categories'),
      productGroups: lenient('productGroups'),
      priceLimits: lenient('priceLimits'),
      approvers: lenient('approvers'),
      admins: lenient('admins'),
      selfApproval: lenient('selfApproval'),
      remindAfterMs: lenient('remindAfterMs'),
      expireAfterMs: lenient('expireAfterMs'),
      workingHours: lenient('workingHours'),
      pollEveryMs: lenient('pollEveryMs'),
      announcements: lenient('announcements'),
    }),
  });
}
