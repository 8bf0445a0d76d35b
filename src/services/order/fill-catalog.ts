import { type CartTrouble, fleetTrouble } from '../../domain/cart/cart-trouble.ts';
import { adviceFor } from '../../domain/failures/failure-table.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { OrderForm } from '../../domain/order/order-form.ts';
import { withinAddresses, withinGroups, withinProducts, withPriceToAsk } from '../../domain/order/within-offer.ts';
import type { Person } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { listAddresses } from './list-addresses.ts';
import { listConfigurations } from './list-configurations.ts';
import { listProductGroups } from './list-product-groups.ts';

/** `trouble`: what Fleet or the offer has against the choice; the edges put it into words above its field. */
export interface OfferedForm {
  readonly form: OrderForm;
  readonly trouble: CartTrouble | null;
}

/** `form` holds the choice; what Fleet offers around it is filled in. */
export async function fillCatalog(
  context: ServiceContext,
  person: Person,
  form: OrderForm,
  isNew: boolean,
): Promise<OfferedForm> {
  const { deliveryCountry: country } = form.choice;
  const [groups, addresses] = await Promise.all([
    listProductGroups(context, country),
    listAddresses(context, { country, requester: person.fleetUserId }),
  ]);
  const addressed = withinAddresses(form, addresses);
  if (!groups.ok)
    return { form: withPriceToAsk(undelivered(addressed, groups.failure)), trouble: fleetTrouble(groups.failure) };
  const listed = withinGroups(addressed, groups.value, isNew);
  const isGone = form.choice.productGroupId !== null && listed.choice.productGroupId === null;
  const offered: OfferedForm = isGone
    ? { form: listed, trouble: { kind: 'not_offered', field: 'product' } }
    : await withConfigurations(context, listed);
  return { ...offered, form: withPriceToAsk(offered.form) };
}

async function withConfigurations(context: ServiceContext, form: OrderForm): Promise<OfferedForm> {
  const { productGroupId, deliveryCountry, productId } = form.choice;
  if (productGroupId === null) return { form, trouble: null };
  const products = await listConfigurations(context, { deliveryCountry, productGroupId });
  if (!products.ok) return { form, trouble: fleetTrouble(products.failure) };
  const isGone = productId !== null && !products.value.some((product) => product.productId === productId);
  const trouble: CartTrouble | null =
    products.value.length === 0
      ? { kind: 'not_offered', field: 'product' }
      : isGone
        ? { kind: 'not_offered', field: 'configuration' }
        : null;
  return { form: withinProducts(form, products.value), trouble };
}

/** Fleet does not deliver there: the sentence still names the country, but it is no longer on offer. */
function undelivered(form: OrderForm, failure: FleetFailure): OrderForm {
  if (!adviceFor(failure).dropsCountryForADay) return form;
  return { ...form, countries: form.countries.filter((code) => code !== form.choice.deliveryCountry) };
}
