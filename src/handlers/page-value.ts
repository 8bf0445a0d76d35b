import type { PageValue } from '../views/paging.ts';
import type { Tenant } from './deps.ts';

/** What **Next** and **Previous** carry, signed: the tenant, which list, which page. Who may see it is asked again. */
export function pageValueFor({ context }: Tenant, list: string): PageValue {
  return (page) => context.seal.sign('card', `page ${context.tenant} ${list} ${page}`);
}

/** Null: not ours, changed, or another workspace's. */
export function readPageValue(
  { context }: Tenant,
  value: string | undefined,
): { readonly list: string; readonly page: number } | null {
  const opened = value === undefined ? null : context.seal.open('card', value);
  const [, tenant, list, page] = /^page (\S+) (\S+) (\d{1,6})$/u.exec(opened ?? '') ?? [];
  if (tenant !== context.tenant || list === undefined || page === undefined) return null;
  return { list, page: Number(page) };
}
