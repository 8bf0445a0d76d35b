/** Slack's locales are well formed, but a thrown RangeError would cost somebody their whole modal. */
export function intlLocale(locale: string): string {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return 'en';
  }
}

/** Intl formats a decimal text exactly; as a number it would be rounded first. */
export function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/u.test(text);
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
