import type { ServiceContext } from '../context.ts';

const REFRESH_AT_MOST_EVERY_MS = 60_000;
/** How old the directory is at most while Fleet answers: what changes there (a role, a person) counts from then on. */
export const REFRESH_EVERY_MS = 15 * 60_000;
/** How long a failed pass speaks for Fleet: the next one is started long before. */
const FAILURE_COUNTS_FOR_MS = 5 * 60_000;

/** However many people are missing: one refresh a minute for the company. `matchPerson` does not wait for it. */
export async function askForRefresh({ store, tenant, newId }: ServiceContext): Promise<void> {
  if (!(await store.directory.claimRefresh(REFRESH_AT_MOST_EVERY_MS))) return;
  await store.commit({ work: [{ id: `refresh-directory.${newId()}`, work: { kind: 'refresh_directory', tenant } }] });
}

/** A refresh in a minute's time. The item is named by the minute: any number of failed passes ask for one. */
export async function askForRefreshSoon({ store, tenant, now }: ServiceContext): Promise<void> {
  const notBefore = now() + REFRESH_AT_MOST_EVERY_MS;
  const minute = Math.floor(notBefore / REFRESH_AT_MOST_EVERY_MS);
  const id = `refresh-directory.${REFRESH_AT_MOST_EVERY_MS}.${minute}`;
  await store.commit({ once: id, work: [{ id, notBefore, work: { kind: 'refresh_directory', tenant } }] });
}

const LAST_REFRESH = 'directory:last-refresh';

export async function noteRefresh({ store }: ServiceContext, how: 'done' | 'failed'): Promise<void> {
  await store.remember(LAST_REFRESH, how, FAILURE_COUNTS_FOR_MS);
}

/** Before the first whole pass: are people still being loaded, or can Fleet not be asked? */
export async function lastRefreshFailed({ store }: ServiceContext): Promise<boolean> {
  const [how] = await store.remembered([LAST_REFRESH]);
  return how === 'failed';
}
