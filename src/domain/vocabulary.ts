import { z } from 'zod';

// Whatever is stored, queued or carried through Slack is a zod schema beside its subject, and a type of the same name:
// `export type X = DeepReadonly<z.infer<typeof X>>`.

/** `z.looseObject` without its index signature: fields that a newer release added survive a save by an older one. */
export const looseObject = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> => z.looseObject(shape);

/** A closed list of words that a newer release may extend, so any text is accepted. */
export const openEnum = <Word extends string>() => z.custom<Word>((value) => typeof value === 'string');

export type DeepReadonly<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

// The closed lists of Fleet's API reference. Answers may contain newer values, so readers keep unknown ones as text.

export const keyboardLayouts = [
  'FRENCH_AZERTY',
  'SPANISH_QWERTY',
  'ITALIAN_QWERTY',
  'INTERNATIONAL_ENGLISH_QWERTY',
  'GERMAN_QWERTZ',
  'PORTUGUESE_QWERTY',
  'ENGLISH_QWERTY',
  'SWISS_QWERTZ',
  'AMERICAN_ENGLISH_QWERTY',
  'CANADIAN_ENGLISH_QWERTY',
  'DUTCH_QWERTY',
] as const;
export const KeyboardLayout = openEnum<(typeof keyboardLayouts)[number]>();
export type KeyboardLayout = z.infer<typeof KeyboardLayout>;

export const acquisitionModes = ['LEASING', 'BUY'] as const;
export const AcquisitionMode = z.enum(acquisitionModes);
export type AcquisitionMode = z.infer<typeof AcquisitionMode>;

export const clientStatuses = [
  'RECEIVED',
  'BEING_PROCESSED',
  'FINANCING_REQUEST',
  'DOC_REQUIRED',
  'SIGNING',
  'PROCESSING',
  'SHIPPED',
  'RECEPTION_TO_CONFIRM',
  'ONGOING_ORDER',
  'PENDING_DECISION',
  'EQUIPMENT_TO_SEND',
  'ARCHIVED',
  'FAILED',
  'UNKNOWN',
] as const;
export type KnownClientStatus = (typeof clientStatuses)[number];

export const categories = [
  'ACOUSTIC_CHAIR',
  'ACOUSTIC_PARTITION',
  'ADAPTER',
  'ARMCHAIR',
  'CASE',
  'CHAIR',
  'CHARGER',
  'COMPUTER',
  'DESK',
  'HEADPHONES',
  'KEYBOARD',
  'LAMP',
  'MOUSE',
  'OTHER',
  'PHONEBOOTH',
  'PRINTER',
  'SCREEN',
  'SHELVING_UNIT',
  'SMARTPHONE',
  'SOFA',
  'SPEAKERS',
  'STORAGE_CABINET',
  'TABLE',
  'TABLET',
] as const;
export const Category = openEnum<(typeof categories)[number]>();
export type Category = z.infer<typeof Category>;

export function isKeyboardLayout(text: string): text is KeyboardLayout {
  return (keyboardLayouts as readonly string[]).includes(text);
}
export function isAcquisitionMode(text: string): text is AcquisitionMode {
  return (acquisitionModes as readonly string[]).includes(text);
}
export function isKnownClientStatus(text: string): text is KnownClientStatus {
  return (clientStatuses as readonly string[]).includes(text);
}
export function isCategory(text: string): text is Category {
  return (categories as readonly string[]).includes(text);
}

/** The fields of **Order equipment** that a rejection can be about, in the order on screen. */
export const OrderField = z.enum([
  'delivery_country',
  'category',
  'product',
  'configuration',
  'keyboard_layout',
  'quantity',
  'assignee',
  'ship_to',
  'mode',
]);
export type OrderField = z.infer<typeof OrderField>;
