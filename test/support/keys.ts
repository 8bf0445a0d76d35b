const key = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7 + 3));

/** What every app under test encrypts with, so that tests can read what it wrote. */
export const testKeys = [{ id: 'k1', key }];
export const ENCRYPTION_KEYS = `k1:${key.toString('base64')}`;
