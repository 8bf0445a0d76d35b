/** What was typed after `/fleet`: its first word and the rest, as Slack escaped them. */
export function verbAndRest(text: string): { readonly verb: string; readonly rest: string } {
  const [, verb = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  return { verb: decoded(verb).toLowerCase(), rest: rest.trim() };
}

/** As it was typed: the command's `should_escape` makes `<@U1|anna>` of @anna and entities of three characters. */
export function decoded(text: string): string {
  return text
    .replace(/<([@#])[^<>|]*\|([^<>]*)>/gu, '$1$2')
    .replace(/<([@#!])([^<>|]*)>/gu, '$1$2')
    .replace(/<[^<>|]*\|([^<>]*)>/gu, '$1')
    .replace(/<([^<>]*)>/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ')
    .trim();
}
