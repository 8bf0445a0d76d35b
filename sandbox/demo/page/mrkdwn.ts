/** Parses Slack's mrkdwn into a small tree. As we read Slack's rules, markers count only at the edges of words. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'user' | 'channel'; readonly id: string; readonly label: string }
  | { readonly kind: 'broadcast'; readonly label: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'date'; readonly seconds: number; readonly format: string; readonly fallback: string };

export type Paragraph =
  | { readonly kind: 'lines' | 'quote'; readonly lines: readonly (readonly Piece[])[] }
  | { readonly kind: 'pre'; readonly text: string };

const markers = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
/** A marker opens after one of these, and closes before one. */
const edge = /[\s\p{P}\p{S}]/u;

export function parseMrkdwn(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const [index, part] of source.split('```').entries()) {
    if (index % 2 === 1) paragraphs.push({ kind: 'pre', text: decode(part.replace(/^\n|\n$/gu, '')) });
    else if (part !== '') paragraphs.push(...linesOf(index === 0 ? part : part.replace(/^\n/u, '')));
  }
  return paragraphs;
}

/** What a screen reader says: the words without their markup. `nameOf`: of a person or channel without a label. */
export function spokenText(source: string, nameOf: (id: string) => string): string {
  return parseMrkdwn(source)
    .flatMap((paragraph) => (paragraph.kind === 'pre' ? [paragraph.text] : paragraph.lines.map(spokenLine)))
    .join(' ');
  function spokenLine(pieces: readonly Piece[]): string {
    return pieces.map(spokenPiece).join('');
  }
  function spokenPiece(piece: Piece): string {
    if ('pieces' in piece) return spokenLine(piece.pieces);
    if ('text' in piece) return piece.text;
    if ('fallback' in piece) return piece.fallback;
    return piece.label === '' && 'id' in piece ? nameOf(piece.id) : piece.label;
  }
}

function linesOf(text: string): Paragraph[] {
  const paragraphs: { kind: 'lines' | 'quote'; lines: Piece[][] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/u.exec(line);
    const kind = quoted === null ? 'lines' : 'quote';
    const pieces = parseLine(quoted?.[1] ?? line);
    const last = paragraphs.at(-1);
    if (last?.kind === kind) last.lines.push(pieces);
    else paragraphs.push({ kind, lines: [pieces] });
  }
  return paragraphs;
}

export function parseLine(line: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: 'text', text: decode(plain) });
    plain = '';
  };
  for (let at = 0; at < line.length; ) {
    const found = tokenAt(line, at);
    if (found === null) {
      plain += line[at];
      at += 1;
      continue;
    }
    flush();
    pieces.push(found.piece);
    at = found.end;
  }
  flush();
  return pieces;
}

interface Found {
  readonly piece: Piece;
  readonly end: number;
}

function tokenAt(line: string, at: number): Found | null {
  const char = line[at];
  if (char === '<') return angleAt(line, at);
  if (char === '`') {
    const end = line.indexOf('`', at + 1);
    return end <= at + 1 ? null : { piece: { kind: 'code', text: decode(line.slice(at + 1, end)) }, end: end + 1 };
  }
  if (char === '*' || char === '_' || char === '~') return styledAt(line, at, char);
  return null;
}

function styledAt(line: string, at: number, marker: keyof typeof markers): Found | null {
  const before = line[at - 1];
  const after = line[at + 1];
  if ((before !== undefined && !edge.test(before)) || after === undefined || isBlank(after) || after === marker)
    return null;
  for (let end = line.indexOf(marker, at + 2); end !== -1; end = line.indexOf(marker, end + 1)) {
    const last = line[end - 1] ?? ' ';
    const next = line[end + 1];
    if (isBlank(last) || (next !== undefined && !edge.test(next))) continue;
    return { piece: { kind: markers[marker], pieces: parseLine(line.slice(at + 1, end)) }, end: end + 1 };
  }
  return null;
}

/** Apps use a zero-width space to keep markers in people's text from taking effect. */
function isBlank(char: string): boolean {
  return /\s/u.test(char) || char === '\u200b';
}

function angleAt(line: string, at: number): Found | null {
  const end = line.indexOf('>', at);
  if (end === -1) return null;
  const [target = '', label = ''] = split(line.slice(at + 1, end));
  const piece = pieceOf(target, decode(label));
  return piece === null ? null : { piece, end: end + 1 };
}

function split(inside: string): [string, string] {
  const bar = inside.indexOf('|');
  return bar === -1 ? [inside, ''] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

function pieceOf(target: string, label: string): Piece | null {
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = ''] = target.split('^');
    return { kind: 'date', seconds: Number(seconds), format, fallback: label };
  }
  if (target.startsWith('!')) return { kind: 'broadcast', label: label || `@${target.slice(1).split('^')[0]}` };
  if (/^(https?:|mailto:)/u.test(target)) return { kind: 'link', url: decode(target), label: label || decode(target) };
  return null;
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
