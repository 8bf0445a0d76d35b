import type { FetchInit } from './fetch.ts';
import type { FleetCall } from './operations.ts';

export function requestUrl(baseUrl: string, { path, query = {} }: FleetCall<unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return search === '' ? `${baseUrl}${path}` : `${baseUrl}${path}?${search}`;
}

/** The key is written into the header here, for one request, and nowhere else. */
export function requestInit(
  { method, body }: FleetCall<unknown>,
  apiKey: string,
): Pick<FetchInit, 'method' | 'headers' | 'body'> {
  const headers = { accept: 'application/json', authorization: `Bearer ${apiKey}`, 'user-agent': 'fleet-for-slack' };
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
