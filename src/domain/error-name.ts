/** All that a log may say about a thrown value: a message can hold an email, an address or a token. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
