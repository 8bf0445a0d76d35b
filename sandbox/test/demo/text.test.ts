import { describe, expect, it } from 'vitest';
import { literal } from '../../../src/views/text.ts';
import { formatDate } from '../../demo/page/dates.ts';
import { completionsFor, isWholeCommand } from '../../demo/page/messages/completions.ts';
import { parseLine, parseMrkdwn, spokenText } from '../../demo/page/mrkdwn.ts';
import { readableEdits } from '../../demo/picture.ts';

const text = (words: string) => ({ kind: 'text', text: words });

describe('mrkdwn, read as Slack reads it', () => {
  it.each([
    [
      '*bold* and _italic_',
      [{ kind: 'bold', pieces: [text('bold')] }, text(' and '), { kind: 'italic', pieces: [text('italic')] }],
    ],
    ['2*3*4 snake_case_name', [text('2*3*4 snake_case_name')]],
    ['(*in brackets*)', [text('('), { kind: 'bold', pieces: [text('in brackets')] }, text(')')]],
    ['* not bold*', [text('* not bold*')]],
    ['`*code*`', [{ kind: 'code', text: '*code*' }]],
    ['<@U1> <!channel>', [{ kind: 'user', id: 'U1', label: '' }, text(' '), { kind: 'broadcast', label: '@channel' }]],
    [
      '<https://x.test|here> &lt;b&gt; &amp;lt;',
      [{ kind: 'link', url: 'https://x.test', label: 'here' }, text(' <b> &lt;')],
    ],
    ['<javascript:alert(1)|x>', [text('<javascript:alert(1)|x>')]],
    ['<!date^10^{date}|then>', [{ kind: 'date', seconds: 10, format: '{date}', fallback: 'then' }]],
  ])('%s', (line, pieces) => {
    expect(parseLine(line)).toEqual(pieces);
  });

  it('does not apply markup that the app escaped', () => {
    const kinds = parseLine(literal('<!channel> *Max* _x_ `y` <https://evil.test|Approve>')).map(({ kind }) => kind);

    // Nothing inside code is markup.
    expect(new Set(kinds)).toEqual(new Set(['text', 'code']));
  });

  it('separates quotes, lines and code fences', () => {
    expect(parseMrkdwn('a\n> b\n> c\n```d *e*```').map(({ kind }) => kind)).toEqual(['lines', 'quote', 'lines', 'pre']);
  });
});

it("writes dates in the reader's own time zone", () => {
  const at = Date.UTC(2026, 10, 21, 23, 30) / 1000;

  expect(formatDate(at, '{date_short_pretty} at {time}', 'Europe/Rome', at * 1000)).toBe('today at 12:30 AM');
  expect(formatDate(at, '{date_short} {unknown}', 'UTC', 0)).toBe('Nov 21, 2026 {unknown}');
});

describe('the composer', () => {
  const commands = [{ command: '/fleet', description: 'Order', usageHint: 'order [words] | cart | help' }];
  const people = [
    { id: 'U1', name: 'Ben Martin', handle: 'ben', part: '', unread: 0, canBePlayed: true },
    { id: 'U2', name: 'Eva Lind', handle: 'eva', part: '', unread: 0, canBePlayed: true },
  ];

  it.each([
    ['/', ['/fleet', '/fleet order [words]', '/fleet cart', '/fleet help']],
    ['/fleet o', ['/fleet order [words]']],
    ['/fleet cart', []],
    ['/other', []],
    ['hello', []],
    ['/fleet status @b', ['@ben']],
    ['/fleet status @lin', []],
    ['/fleet status @eva l', []],
  ])('offers for %s', (typed, shown) => {
    expect(completionsFor(typed, commands, people).map((one) => one.shown)).toEqual(shown);
  });

  it('sends a complete command and completes a partial one', () => {
    expect(isWholeCommand('/fleet ord', commands)).toBe(true);
    expect(isWholeCommand('/fle', commands)).toBe(false);
  });
});

describe('what a screen reader is told', () => {
  it('has every word, styled or not, and the names of people', () => {
    const nameOf = (id: string) => (id === 'U1' ? 'Anna Keller' : id);
    const source = 'Your order 42: *🚚 _Shipped_*. <@U1>, see `/fleet status`\n> <!date^10^{date}|7 Dec> <#C9|general>';
    expect(spokenText(source, nameOf)).toBe('Your order 42: 🚚 Shipped. Anna Keller, see /fleet status 7 Dec general');
    expect(spokenText('```a *b*``` <!here> <https://x.test|there>', nameOf)).toBe('a *b*  @here there');
  });
});

describe('a message that says “edited”', () => {
  const block = (text: string, value: string) => ({
    ...{ type: 'section', block_id: value, text: { type: 'mrkdwn', text } },
    accessory: { type: 'button', action_id: value, value, text: { type: 'plain_text', text: 'Approve' } },
  });
  const was = (text: string, value: string) => ({ at: 1, text: 'card', blocks: [block(text, value)] });

  it('has changed for its reader, not only in what its buttons carry', () => {
    expect(readableEdits({ ...was('waiting', 'a'), edits: [] })).toBe(0);
    expect(readableEdits({ ...was('waiting', 'b'), edits: [was('waiting', 'a')] })).toBe(0);
    expect(readableEdits({ ...was('ordered', 'b'), edits: [was('waiting', 'a'), was('waiting', 'b')] })).toBe(1);
  });
});
