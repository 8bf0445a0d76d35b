import type { ActionsBlock, Button, KnownBlock, SectionBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeMessage, judgeView } from '../../sandbox/slack/judge/judge.ts';
import { moreRows, shorten } from '../../src/views/fit.ts';
import { home, message, modal } from '../../src/views/guard.ts';

const core = { faults: createFaults() };
const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const row = (text: string): SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (more: Partial<Button> = {}): Button => ({
  type: 'button',
  action_id: 'go',
  text: plain('Go'),
  ...more,
});
const actions = (...elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements });
const option = (value: string) => ({ text: plain(`Option ${value}`), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`${index}`));
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(`row ${index + 1}`));
const textsOf = (blocks: readonly KnownBlock[]) => JSON.stringify(blocks);
const inModal = (...blocks: KnownBlock[]) => modal({ callbackId: 'test', title: 'Test', blocks }).blocks;

const hostile = ['', '<!channel>', '`'.repeat(10_000), '💻'.repeat(10_000), '<https://x|y>'.repeat(1_000), '\u0000'];

describe('whatever comes in, Slack takes what comes out', () => {
  const everything = (text: string): KnownBlock[] => [
    { type: 'header', text: plain(text) },
    row(text),
    { type: 'section', fields: Array.from({ length: 12 }, () => ({ type: 'mrkdwn' as const, text })) },
    { type: 'section', fields: [] },
    { type: 'section', text: plain(text), accessory: { type: 'image', image_url: 'https://x/a.png', alt_text: text } },
    { type: 'section', text: plain(text), accessory: { type: 'image', image_url: text, alt_text: text } },
    { type: 'image', image_url: `https://x/${text}`, alt_text: text },
    { type: 'context', elements: Array.from({ length: 12 }, () => ({ type: 'mrkdwn' as const, text })) },
    { type: 'context', elements: [] },
    { type: 'context', elements: [{ type: 'image', image_url: text, alt_text: text }] },
    { type: 'divider' },
    actions(),
    actions(button({ text: plain(text), value: text, confirm: { text: plain(text), title: plain(text) } })),
    actions({ type: 'static_select', action_id: 'pick', placeholder: plain(text), options: options(150) }),
    actions({ type: 'static_select', action_id: 'pick', options: [] }),
    actions({ type: 'overflow', action_id: 'more', options: options(8) }),
  ];
  const fields = (text: string): KnownBlock[] => [
    { type: 'alert', text: { type: 'mrkdwn', text } },
    {
      type: 'input',
      block_id: 'twice',
      label: plain(text),
      hint: plain(text),
      element: { type: 'plain_text_input', action_id: 'say', initial_value: text, placeholder: plain(text) },
    },
    {
      type: 'input',
      block_id: 'twice',
      label: plain(text),
      element: { type: 'radio_buttons', action_id: 'choose', options: options(12), initial_option: option('11') },
    },
  ];

  it.each(hostile)('in a message (%#)', (text) => {
    expect(judgeMessage(core, { ...message(text, everything(text)) })).toEqual([]);
  });

  it.each(hostile)('in a modal (%#)', (text) => {
    const view = modal({
      callbackId: text,
      title: text,
      submit: text,
      close: text,
      privateMetadata: text,
      blocks: [...everything(text), ...fields(text)],
    });

    expect(judgeView(core, view, 'modal')).toEqual([]);
  });

  it.each(hostile)('on the Home tab (%#)', (text) => {
    expect(judgeView(core, home(everything(text)), 'home')).toEqual([]);
  });

  it('leaves alone what fits', () => {
    const blocks = [row('hello'), actions(button({ value: 'v' }))];

    expect(message('hello', blocks)).toEqual({ text: 'hello', blocks });
  });

  it('leaves alone a field with all of its settings', () => {
    const field: KnownBlock = {
      type: 'input',
      block_id: 'who.1',
      optional: true,
      dispatch_action: true,
      label: plain('Who'),
      element: { type: 'multi_users_select', action_id: 'who', initial_users: ['U1', 'U2'], max_selected_items: 3 },
    };

    expect(inModal(field)).toEqual([field]);
  });
});

describe('too much to show', () => {
  it('keeps 50 blocks of a message, says how many rows are missing, and keeps the buttons', () => {
    const more = (count: number) => `… ${count} more rows: open the cart to see them`;

    const { blocks } = message('Your cart', [...rows(60), actions(button())], { more });

    expect(blocks).toHaveLength(50);
    expect(blocks[47]).toEqual(row('row 48'));
    expect(textsOf([...blocks.slice(48, 49)])).toContain('… 12 more rows: open the cart to see them');
    expect(blocks[49]).toMatchObject({ type: 'actions' });
  });

  it('keeps exactly 50 blocks as they are, and 100 of a view', () => {
    expect(message('x', rows(50)).blocks).toEqual(rows(50));
    expect(home(rows(100)).blocks).toEqual(rows(100));
    expect(home(rows(101)).blocks).toHaveLength(100);
  });

  it('cuts a message by its characters before Slack refuses it', () => {
    const { blocks } = message('x', [...Array.from({ length: 10 }, () => row('y'.repeat(2_900))), actions(button())]);

    expect(blocks).toHaveLength(6);
    expect(textsOf(blocks)).toContain('… 6 more are not shown here');
    expect(judgeMessage(core, { text: 'x', blocks })).toEqual([]);
  });

  it('cuts a view by its size', () => {
    const view = home(Array.from({ length: 100 }, () => row('ö'.repeat(3_000))));

    expect(textsOf(view.blocks)).toContain('more are not shown here');
    expect(judgeView(core, view, 'home')).toEqual([]);
  });

  it('keeps as many blocks at the end as it is told to', () => {
    const { blocks } = message('x', [...rows(60), row('total'), actions(button())], { tail: 2 });

    expect(blocks.at(-2)).toEqual(row('total'));
  });

  it('cuts the buttons too when they alone are too many', () => {
    const { blocks } = message(
      'x',
      Array.from({ length: 60 }, () => actions(button())),
    );

    expect(blocks).toHaveLength(50);
    expect(textsOf(blocks)).toContain('… 11 more are not shown here');
  });

  it('counts each row of a section that holds several, and what has no text as one', () => {
    const fields = { type: 'section' as const, fields: [plain('left'), plain('right')] };

    const { blocks } = message('x', [...rows(49), row('a\n\nb\n\nc'), fields]);

    expect(textsOf(blocks)).toContain('… 4 more are not shown here');
  });

  it('says "1 more" of one', () => {
    expect(textsOf(message('x', [{ type: 'divider' }, ...rows(49), row('last')]).blocks)).toContain('… 2 more are');
    expect(textsOf(message('x', [row('a'.repeat(2_000)), ...Array(5).fill(row('b'.repeat(2_500)))]).blocks)).toContain(
      '… 1 more is not shown here',
    );
  });

  it('shows nothing rather than what Slack refuses', () => {
    expect(shorten(rows(3), { more: moreRows, tail: 1, fits: () => false })).toEqual([]);
  });

  it('says that there was something where the one block is too much', () => {
    const huge = { type: 'markdown', text: 'x'.repeat(14_000) } as const;

    expect(message('x', [huge]).blocks).toHaveLength(1);
    expect(textsOf(message('x', [huge]).blocks)).toContain('… 1 more is not shown here');
  });
});

describe('what would be ambiguous', () => {
  it('numbers a block_id that was taken, so that the first one keeps its name', () => {
    const ids = home([
      { ...row('a'), block_id: 'b' },
      { ...row('c'), block_id: 'b' },
      { ...row('d'), block_id: 'b' },
    ]).blocks.map(({ block_id }) => block_id);

    expect(ids).toEqual(['b', 'b~2', 'b~3']);
  });

  it('gives two buttons of one action_id a block each', () => {
    const { blocks } = message('x', [
      actions(button({ value: '1' }), button({ value: '2' }), button({ action_id: 'no' })),
    ]);

    expect(blocks).toMatchObject([{ elements: [{ value: '1' }, { action_id: 'no' }] }, { elements: [{ value: '2' }] }]);
  });

  it('spreads more than 25 buttons over blocks, and loses none', () => {
    const many = Array.from({ length: 30 }, (_, index) => button({ action_id: `a${index}` }));

    const { blocks } = message('x', [actions(...many)]);

    expect(blocks.map((block) => (block.type === 'actions' ? block.elements.length : 0))).toEqual([25, 5]);
  });

  it('drops a first choice that is not offered any more', () => {
    const choose = (initial: string) =>
      inModal({
        type: 'input',
        label: plain('Choose'),
        element: { type: 'static_select', action_id: 'c', options: options(101), initial_option: option(initial) },
      });

    expect(choose('99')).toMatchObject([{ element: { initial_option: { value: '99' } } }]);
    expect(textsOf(choose('100'))).not.toContain('initial_option');
  });

  it('keeps those of several first choices that are offered', () => {
    const [block] = inModal({
      type: 'input',
      label: plain('Choose'),
      element: {
        type: 'checkboxes',
        action_id: 'c',
        options: options(11),
        initial_options: [option('3'), option('10')],
      },
    });

    expect(block).toMatchObject({ element: { initial_options: [{ value: '3' }] } });
  });

  it('says so where there is nothing to choose', () => {
    expect(textsOf(inModal(actions({ type: 'static_select', action_id: 'c', options: [] })))).toContain(
      'Nothing to choose from',
    );
  });

  it('leaves out a link that Slack refuses and keeps the button', () => {
    const { blocks } = message('x', [actions(button({ url: `https://x/${'y'.repeat(3_000)}` }))]);

    expect(blocks).toEqual([actions(button())]);
  });
});

describe('the frame of a modal', () => {
  it('has a submit as soon as it has a field', () => {
    const field: KnownBlock = {
      type: 'input',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'r' },
    };

    expect(modal({ callbackId: 'c', title: 'T', blocks: [field] }).submit).toMatchObject({ text: 'Done' });
    expect(modal({ callbackId: 'c', title: 'T', blocks: [field], submit: 'Send' }).submit).toMatchObject({
      text: 'Send',
    });
    expect(modal({ callbackId: 'c', title: 'T', blocks: [row('x')] })).not.toHaveProperty('submit');
  });

  it('carries metadata whole or not at all', () => {
    const carried = (privateMetadata: string) => modal({ callbackId: 'c', title: 'T', blocks: [], privateMetadata });

    expect(carried('x'.repeat(3_000)).private_metadata).toHaveLength(3_000);
    expect(carried('x'.repeat(3_001))).not.toHaveProperty('private_metadata');
    expect(carried('')).not.toHaveProperty('private_metadata');
  });
});

it.each(['<!channel>', '<!here|now>', '<!everyone>', '<!subteam^S1|all>'])('never calls a channel: %s', (call) => {
  const told = message(`Hi ${call}`, [row(call), { type: 'context', elements: [{ type: 'mrkdwn', text: call }] }]);

  expect(JSON.stringify(told)).not.toContain('<!');
});

it('keeps mentions and dates', () => {
  expect(message('<@U1> <!date^1^{time}|x>', []).text).toBe('<@U1> <!date^1^{time}|x>');
});
