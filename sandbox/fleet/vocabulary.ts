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
export type KeyboardLayout = (typeof keyboardLayouts)[number];

export const acquisitionModes = ['LEASING', 'BUY'] as const;
export type AcquisitionMode = (typeof acquisitionModes)[number];

export const orderStatuses = [
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
export type OrderStatus = (typeof orderStatuses)[number];

export const deviceStatuses = [
  'ARCHIVED',
  'PENDING_VALIDATION',
  'IN_PREPARATION',
  'DELIVERED',
  'SHIPPED',
  'AVAILABLE',
  'IN_SERVICE',
  'IN_MAINTENANCE',
  'OUT_OF_SERVICE',
] as const;
export type DeviceStatus = (typeof deviceStatuses)[number];

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
export type Category = (typeof categories)[number];

export type UserRole = 'EMPLOYEE' | 'ADMIN';

/** The operations of Fleet's API reference that the stand-in serves, by the names that faults, gates and the journal use. */
const operations = [
  'listProductGroups',
  'listProducts',
  'getPricing',
  'listCarts',
  'createCart',
  'getCart',
  'patchCart',
  'validateCart',
  'listOrders',
  'getOrder',
  'listUsers',
  'getUser',
  'listAddresses',
  'getAddress',
  'listUserAddresses',
  'listDevices',
  'createUser',
  'createAddress',
  'updateAddress',
  'updateDevice',
] as const;
export type Operation = (typeof operations)[number];
