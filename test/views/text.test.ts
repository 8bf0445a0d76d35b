import { describe, expect, it } from 'vitest';
import { clip, clipMrkdwn, esc, isBlank, literal, mrkdwn, plain, quote } from '../../src/views/text.ts';

const ZERO_WIDTH = '\u200b';

describe('text of people and of Fleet', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<https://evil.example|Approve>', '&lt;https://evil.example|Approve&gt;'],
    ['AT&T', 'AT&amp;T'],
    ['`*_~', `\`${ZERO_WIDTH}*${ZERO_WIDTH}_${ZERO_WIDTH}~${ZERO_WIDTH}`],
    ['two\nlines\tand  a gap ', 'two lines and a gap'],
    ['turned \u202eround\u202c', 'turned round'],
    ['bell \u0007', 'bell'],
    ['half \ud83d', 'half \ufffd'],
    ['Thanks :raised_hands: my_file', `Thanks :raised_hands: my_${ZERO_WIDTH}file`],
    [':_a_:', `:_${ZERO_WIDTH}a_${ZERO_WIDTH}:`],
    ['A\u200bn\u00adn\u2060a\ufeff\u3164\u2800\u061c\u{e0041}', 'Anna'],
    ['👨\u200d👩 A\u200dn\u200cn', '👨\u200d👩 Ann'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['', ''],
  ])('shows %j as it was written', (written, shown) => {
    expect(literal(written)).toBe(shown);
  });

  it('clips before it escapes, so that no entity is cut', () => {
    expect(literal('&'.repeat(10_000), 5)).toBe('&amp;&amp;&amp;&amp;…');
  });

  it('keeps the lines of a note as a quotation, each of them literal', () => {
    expect(quote('first\n<!here>\r\n*third* ')).toBe(`> first\n> &lt;!here&gt;\n> *${ZERO_WIDTH}third*${ZERO_WIDTH}`);
    expect(quote('x'.repeat(10_000), 20)).toBe(`> ${'x'.repeat(19)}…`);
  });

  it('escapes what Slack asks for and nothing else', () => {
    expect(esc(`<a href="x">&'`)).toBe(`&lt;a href="x"&gt;&amp;'`);
  });
});

describe('clipping', () => {
  it('keeps what just fits and cuts one more visibly', () => {
    expect(clip('abcde', 5)).toBe('abcde');
    expect(clip('abcdef', 5)).toBe('abcd…');
  });

  it('mends what comes with half a character already', () => {
    expect(clip('a\ud83d', 5)).toBe('a\ufffd');
    expect(mrkdwn('a\ude00').text).toBe('a\ufffd');
  });

  it('knows a text of invisible characters as blank', () => {
    expect(isBlank(' \u200b\n\u2060\u3164')).toBe(true);
    expect(isBlank('a')).toBe(false);
  });

  it('never leaves half a surrogate pair', () => {
    expect(clip('ab💻💻', 4)).toBe('ab…');
    expect(clip('ab💻💻', 5)).toBe('ab💻…');
  });

  it.each([
    ['&lt;b', 5, '&lt;b'],
    ['ab &lt;b and more', 6, 'ab …'],
    ['ab &amp;b and more', 8, 'ab …'],
    ['ab &amp;b and more', 9, 'ab &amp;…'],
    ['ask <@U0123> now', 10, 'ask …'],
    ['ask <@U0123> now', 13, 'ask <@U0123>…'],
    ['at <!date^1^{time}|14:05> sharp', 20, 'at …'],
  ])('cuts %j at %i without halving an entity or a mention', (text, max, shown) => {
    expect(clipMrkdwn(text, max)).toBe(shown);
  });
});

describe('text objects', () => {
  it('is never empty, since Slack refuses that', () => {
    expect(plain(' \n ', 24).text).toBe('–');
    expect(mrkdwn(' ').text).toBe('–');
  });

  it('fits its place however long it comes', () => {
    expect(plain('💻'.repeat(10_000), 24).text).toBe(`${'💻'.repeat(11)}…`);
    expect(mrkdwn('<!date^1^x|y>'.repeat(1_000)).text).toHaveLength(2_991);
  });

  it('does not let Slack turn words into links, mentions or emoji', () => {
    expect(mrkdwn('x')).toEqual({ type: 'mrkdwn', text: 'x', verbatim: true });
    expect(plain(':tada: <!here>', 24)).toEqual({ type: 'plain_text', text: ':tada: <!here>', emoji: false });
  });
});
