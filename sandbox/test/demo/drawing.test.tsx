import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Blocks, blockViews } from '../../demo/page/blocks/blocks.tsx';
import { type Seat, SeatContext } from '../../demo/page/context.ts';
import { elementViews } from '../../demo/page/elements/registry.tsx';

const views = fileURLToPath(new URL('../../../src/views/', import.meta.url));
/** Types that are neither blocks nor elements: texts, surfaces, and our own discriminators. */
const others = new Set([
  ...['plain_text', 'mrkdwn', 'modal', 'home', 'ephemeral', 'in_channel', 'custom', 'region', 'block_actions'],
  ...[
    'rich_text_section',
    'rich_text_list',
    'rich_text_quote',
    'rich_text_preformatted',
    'text',
    'raw_text',
    'raw_number',
  ],
]);

/** Every `type: '…'` in src/views, where all blocks are built. */
function emitted(): string[] {
  const types = new Set<string>();
  for (const file of readdirSync(views, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(views + file, 'utf8');
    for (const [, type] of text.matchAll(/\btype: '([a-z_]+)'/gu)) if (type !== undefined) types.add(type);
  }
  return [...types].filter((type) => !others.has(type)).sort();
}

describe('everything the app can show is rendered', () => {
  const types = emitted();

  it('finds the types in the sources', () => {
    expect(types).toEqual(expect.arrayContaining(['section', 'actions', 'button', 'input', 'external_select']));
  });

  it.each(types)('%s', (type) => {
    expect(type === 'image' || type in blockViews || type in elementViews).toBe(true);
  });
});

const seat: Seat = {
  picture: {
    me: { id: 'U1', name: 'Anna Keller', tz: 'UTC', dm: 'D1' },
    team: 'Acme',
    app: { userId: 'UB', name: 'Fleet', isReadOnly: true },
    people: [{ id: 'U2', name: 'Ben Martin', handle: 'ben', part: '', unread: 0, canBePlayed: true }],
    channels: [],
    messages: {},
    modals: [],
    home: null,
    notices: [],
    commands: [],
    shortcuts: [],
  },
  perform: async () => ({ reached: true }),
  complain: () => {},
};

function drawn(...blocks: Record<string, unknown>[]): string {
  const page: ReactNode = (
    <SeatContext value={seat}>
      <Blocks blocks={blocks} surface={{ where: 'V1', values: {}, errors: { b: 'Choose one.' } }} />
    </SeatContext>
  );
  return renderToStaticMarkup(page);
}

describe('blocks', () => {
  it('an unknown block or element shows a visible error', () => {
    expect(drawn({ type: 'hologram' })).toContain('cannot show the block <code>hologram</code>');
    expect(drawn({ type: 'actions', elements: [{ type: 'lever' }] })).toContain('the element <code>lever</code>');
  });

  it('plain text shows every character as it is', () => {
    const html = drawn({ type: 'section', text: { type: 'plain_text', text: '*Max* <@U2> &amp;' } });

    expect(html).toContain('*Max* &lt;@U2&gt; &amp;amp;');
  });

  it('a mention is a name, and markup inside a name is not applied', () => {
    const html = drawn({ type: 'section', text: { type: 'mrkdwn', text: '<@U2> &lt;img src=x&gt;' } });

    expect(html).toContain('@Ben Martin');
    expect(html).not.toContain('<img');
  });

  it('a field has its label, its mark, its hint and its error', () => {
    const element = { type: 'plain_text_input', action_id: 'a' };
    const field = { type: 'input', block_id: 'b', element, label: { type: 'plain_text', text: 'Reason' } };
    const html = drawn({ ...field, hint: { type: 'plain_text', text: 'In a few words.' } });

    expect(html).toMatch(/aria-labelledby="[^"]+-label"/u);
    expect(html).toMatch(/aria-describedby="[^"]+-error [^"]+-hint"/u);
    expect(html).toContain('aria-invalid="true" aria-required="true"');
    expect(html).toContain('Choose one.');
    expect(drawn({ ...field, optional: true })).toContain('(optional)');
  });

  it('an image makes no request', () => {
    const html = drawn({ type: 'image', image_url: 'https://img.fleet.test/1.png', alt_text: 'A laptop' });

    expect(html).not.toContain('<img');
    expect(html).toContain('role="img" aria-label="A laptop"');
  });

  it('a data table has its caption and columns', () => {
    const row = (...texts: string[]) => texts.map((words) => ({ type: 'raw_text', text: words }));
    const html = drawn({ type: 'data_table', caption: 'Carts', rows: [row('Number', 'Who'), row('42', 'Anna')] });

    expect(html).toContain('<caption>Carts</caption>');
    expect(html).toContain('<th scope="col">Number</th>');
    expect(html).toContain('<td>42</td>');
  });
});
