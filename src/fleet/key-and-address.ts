/** What a header carries. Another key would surface as an error of the HTTP library, for each request. */
export function fitsIntoHeader(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

/** An http or https address that paths are appended to, without anything that would come after them or be a secret. */
export function isPlainAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return !/[?#]/.test(url.href) && url.username === '' && url.password === '';
}
