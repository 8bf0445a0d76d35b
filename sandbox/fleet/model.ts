import type { AcquisitionMode, Category, DeviceStatus, KeyboardLayout, UserRole } from './vocabulary.ts';

type Text = string | null;

export type ProductGroup = {
  readonly id: number;
  readonly name: Text;
  readonly brand: Text;
  readonly category: Category;
  readonly img_url: Text;
};

export type Price = Readonly<Record<AcquisitionMode, number>>;

export type Characteristics = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

export type Product = {
  readonly id: number;
  readonly groupId: number;
  readonly name: Text;
  readonly hasKeyboard: boolean;
  /** False: the catalog says `has_keyboard: false` and lists no layouts, although one must be chosen. */
  readonly tellsKeyboard: boolean;
  readonly layouts: readonly KeyboardLayout[];
  /** False: the catalog leaves out `keyboard_layouts`, although a layout must be chosen. */
  readonly listsLayouts: boolean;
  readonly layoutSurcharge: Readonly<Partial<Record<KeyboardLayout, number>>>;
  readonly imgUrl: Text;
  readonly characteristics: Characteristics;
  countries: string[];
  /** By currency; empty if Fleet has no price for it. */
  prices: Record<string, Price>;
  readonly shipping: { readonly min: number | null; readonly max: number | null };
};

/** Stored as the API returns it. */
export type User = {
  readonly id: number;
  readonly email: Text;
  readonly secondary_email: Text;
  readonly first_name: Text;
  readonly last_name: Text;
  readonly phone: Text;
  readonly phone_country: Text;
  readonly language: Text;
  readonly position: Text;
  role: UserRole;
  readonly arrival_date: Text;
  readonly departure_date: Text;
  readonly date_of_birth: Text;
  readonly city_of_birth: Text;
  readonly country_of_birth: Text;
  readonly teams: readonly { readonly id: number; readonly label: string }[];
};

export type Address = {
  readonly id: number;
  readonly first_name: Text;
  readonly last_name: Text;
  readonly phone: Text;
  readonly phone_country: Text;
  readonly address1: Text;
  readonly address2: Text;
  readonly type: Text;
  readonly zip: Text;
  readonly city: Text;
  readonly country: Text;
  readonly label: Text;
  readonly comment: Text;
  readonly is_default: boolean;
  readonly is_hq: boolean;
};

export type UserAddress = { readonly user_id: number; readonly address_id: number };

export type Device = {
  readonly id: number;
  readonly name: Text;
  readonly serialNumber: Text;
  clientStatus: DeviceStatus;
  readonly rent: Text;
  readonly type: Text;
  readonly category: Text;
  readonly userId: number | null;
  readonly orderId: number | null;
  readonly trackingUrl?: Text;
};

export type OrderLine = {
  readonly deviceId: number;
  readonly productId: number | null;
  readonly name: Text;
  readonly deliveryCountry: Text;
  readonly keyboardLayout: KeyboardLayout | null;
  readonly userId: number | null;
  readonly shippingAddressId: number | null;
  readonly amount: number;
  readonly currency: string;
};

export type Validation = {
  readonly at: number;
  readonly by: 'api' | 'cockpit';
  readonly purchaserId: number;
  readonly signatoryId: number;
  /** False: `signatory_id` was left out, so the purchaser is the signatory. */
  readonly signatoryWasNamed: boolean;
};

/** A cart while `clientStatus` is null, an order from then on, with the same id. */
export type Order = {
  readonly id: number;
  readonly createdAt: number;
  updatedAt: number;
  purchaserId: number | null;
  acquisitionMode: AcquisitionMode;
  lines: OrderLine[];
  clientStatus: string | null;
  orderNumber: Text;
  contractNumber: Text;
  orderDate: Text;
  validations: Validation[];
  isDeleted: boolean;
  isLocked: boolean;
};

/** Everything a stand-in starts with. Plain JSON. */
export type FleetSeed = {
  productGroups: ProductGroup[];
  products: Product[];
  users: User[];
  addresses: Address[];
  userAddresses: UserAddress[];
  devices: Device[];
  orders: Order[];
};

export function isCart(order: Order): boolean {
  return order.clientStatus === null && !order.isDeleted;
}
