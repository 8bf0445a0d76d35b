import { describe, expect, test } from 'vitest';
import { createFaults } from '../../slack/faults.ts';
import type { Obj } from '../../slack/json.ts';
import { judgeMessage, judgeOptions, judgeView } from '../../slack/judge/judge.ts';
import { limits } from '../../slack/limits.ts';

const core = { faults: createFaults() };
const plain = (text: string): Obj => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Obj => ({ type: 'mrkdwn', text });
const long = (length: number): string => 'x'.repeat(length);
const option = (value: string, text = value): Obj => ({ text: plain(text), value });
const options = (count: number): Obj[] => Array.from({ length: count }, (_, index) => option(`v${index}`));
const button = (more: Obj = {}): Obj => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: Obj[]): Obj => ({ type: 'actions', elements });
const section = (text: string, more: Obj = {}): Obj => ({ type: 'section', text: mrkdwn(text), ...more });
const input = (element: Obj, more: Obj = {}): Obj => ({ type: 'input', label: plain('Field'), element, ...more });
const select = (more: Obj = {}): Obj => ({ type: 'static_select', action_id: 'pick', options: options(2), ...more });
const typed = (more: Obj = {}): Obj => ({ type: 'plain_text_input', action_id: 'say', ...more });
const number = (more: Obj = {}): Obj => ({
  type: 'number_input',
  action_id: 'many',
  is_decimal_allowed: false,
  ...more,
});
const modal = (blocks: unknown, more: Obj = {}): Obj => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks,
  ...more,
});
const row = (count: number): Obj[] => Array.from({ length: count }, () => ({ type: 'raw_text', text: 'cell' }));
const table = (rows: number, cells = 2): Obj => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => row(cells)),
});
const card = (more: Obj = {}): Obj => ({ type: 'card', title: mrkdwn('Card'), ...more });
const confirm = (more: Obj = {}): Obj => ({
  title: plain('Sure?'),
  text: plain('Really'),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
});

const inModal = (blocks: unknown, more?: Obj): string[] =>
  judgeView(core, modal(blocks, more), 'modal').map((one) => one.message);
const inHome = (blocks: unknown): string[] =>
  judgeView(core, { type: 'home', blocks }, 'home').map((one) => one.message);
const inMessage = (blocks: unknown, more: Obj = {}): string[] =>
  judgeMessage(core, { text: 'text', blocks, ...more }).map((one) => `${one.code} ${one.message}`);

describe('what Slack accepts', () => {
  test.each<[string, string[]]>([
    [
      'a form',
      inModal([
        input(select(), { dispatch_action: true }),
        input(typed({ max_length: 500 }), { optional: true, hint: plain('h') }),
      ]),
    ],
    ['an alert in a modal', inModal([{ type: 'alert', text: mrkdwn('Careful'), level: 'error' }])],
    [
      'a searched list',
      inModal([input({ type: 'external_select', action_id: 'a', min_query_length: 0, placeholder: plain('p') })]),
    ],
    [
      'radio buttons',
      inModal([input({ type: 'radio_buttons', action_id: 'a', options: options(2), initial_option: option('v1') })]),
    ],
    ['a number', inModal([input(number({ min_value: '1', max_value: '20', initial_value: '1' }))])],
    ['an image', inModal([{ type: 'image', image_url: 'https://a.test/a.png', alt_text: 'A' }])],
    [
      'option groups',
      inModal([
        input({ type: 'static_select', action_id: 'a', option_groups: [{ label: plain('G'), options: options(3) }] }),
      ]),
    ],
    ['a hundred blocks', inModal(Array.from({ length: 100 }, () => ({ type: 'divider' })))],
    [
      'a home',
      inHome([section('Hello', { accessory: button() }), { type: 'context', elements: [mrkdwn('c')] }, card()]),
    ],
    [
      'a message',
      inMessage([
        section('Hello', { fields: [mrkdwn('a')] }),
        actions(button({ style: 'primary', confirm: confirm() })),
      ]),
    ],
    ['a table', inMessage([table(100, 20)])],
    ['a data table', inMessage([{ type: 'data_table', caption: 'Orders', rows: [row(2), row(2)] }])],
    [
      'rich text',
      inMessage([
        { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'hi' }] }] },
      ]),
    ],
    ['a carousel', inMessage([{ type: 'carousel', elements: [card({ actions: [button()] })] }])],
    [
      'an overflow menu',
      inMessage([section('x', { accessory: { type: 'overflow', action_id: 'o', options: options(5) } })]),
    ],
  ])('%s', (_name, findings) => {
    expect(findings).toEqual([]);
  });
});

describe('what Slack refuses', () => {
  test.each<[string, string[], string]>([
    ['an unknown block', inModal([{ type: 'banner' }]), 'unsupported type: banner'],
    ['a block without type', inModal([{ text: plain('x') }]), 'missing required field: type'],
    ['an element as a block', inModal([button()]), 'unsupported block type: button'],
    ['blocks that are not a list', inModal({ type: 'divider' }), 'must be provided as an array'],
    ['an unknown field', inModal([section('x', { colour: 'red' })]), 'invalid additional property: colour'],
    [
      'an unknown field of an element',
      inModal([actions(button({ onClick: 'x' }))]),
      'invalid additional property: onClick',
    ],
    ['an unknown field of a view', inModal([], { width: 3 }), 'invalid additional property: width'],
    [
      'a style that does not exist',
      inModal([actions(button({ style: 'warning' }))]),
      'must be equal to one of the allowed values',
    ],
    ['a text that is not an object', inModal([{ type: 'section', text: 'x' }]), '/view/blocks/0/text'],
    ['a mrkdwn header', inModal([{ type: 'header', text: mrkdwn('x') }]), '/view/blocks/0/text'],
    ['a text input among buttons', inModal([actions(typed())]), '/view/blocks/0/elements/0'],
    ['a button as input', inModal([input(button())]), '/view/blocks/0/element'],
    ['an input without submit', inModal([input(typed())], { submit: undefined }), 'submit is required'],
    [
      'a title of 25',
      inModal([], { title: plain(long(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['a submit of 25', inModal([], { submit: plain(long(25)) }), '/view/submit/text'],
    ['a close of 25', inModal([], { close: plain(long(25)) }), '/view/close/text'],
    ['private_metadata of 3001', inModal([], { private_metadata: long(3001) }), '/view/private_metadata'],
    ['callback_id of 256', inModal([], { callback_id: long(256) }), '/view/callback_id'],
    ['external_id of 256', inModal([], { external_id: long(256) }), '/view/external_id'],
    [
      '101 blocks in a modal',
      inModal(Array.from({ length: 101 }, () => ({ type: 'divider' }))),
      'no more than 100 items allowed',
    ],
    [
      '51 blocks in a message',
      inMessage(Array.from({ length: 51 }, () => ({ type: 'divider' }))),
      'no more than 50 items allowed',
    ],
    ['a view over 250 KB', inModal(Array.from({ length: 90 }, () => section(long(2900)))), 'view too large'],
    ['a section of 3001', inModal([section(long(3001))]), 'must be less than 3001 characters'],
    ['an empty section', inModal([section('')]), 'must be more than 0 characters'],
    ['a section of nothing', inModal([{ type: 'section' }]), 'section needs text or fields'],
    ['11 fields', inModal([section('x', { fields: Array.from({ length: 11 }, () => mrkdwn('f')) })]), '/fields'],
    ['a field of 2001', inModal([section('x', { fields: [mrkdwn(long(2001))] })]), '/fields/0/text'],
    ['a header of 151', inModal([{ type: 'header', text: plain(long(151)) }]), 'less than 151'],
    [
      '11 context elements',
      inModal([{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('c')) }]),
      'no more than 10',
    ],
    [
      '26 actions',
      inModal([actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `a${i}` })))]),
      'no more than 25',
    ],
    ['no actions', inModal([actions()]), 'must be more than 0 items'],
    ['a button text of 76', inModal([actions(button({ text: plain(long(76)) }))]), 'less than 76'],
    ['a button value of 2001', inModal([actions(button({ value: long(2001) }))]), 'less than 2001'],
    ['an invalid button url', inModal([actions(button({ url: 'javascript:alert(1)' }))]), 'invalid url'],
    ['an accessibility label of 76', inModal([actions(button({ accessibility_label: long(76) }))]), 'less than 76'],
    ['an option text of 76', inModal([input(select({ options: [option('a', long(76))] }))]), 'less than 76'],
    ['an option value of 151', inModal([input(select({ options: [option(long(151), 'a')] }))]), 'less than 151'],
    [
      'an option without value',
      inModal([input(select({ options: [{ text: plain('a') }] }))]),
      'missing required field: value',
    ],
    [
      'an option description of 76',
      inModal([input(select({ options: [{ ...option('a'), description: plain(long(76)) }] }))]),
      'less than 76',
    ],
    ['101 options', inModal([input(select({ options: options(101) }))]), 'no more than 100'],
    ['no options', inModal([input(select({ options: [] }))]), 'must be more than 0 items'],
    [
      'options and groups',
      inModal([input(select({ option_groups: [{ label: plain('g'), options: options(1) }] }))]),
      'either options or option_groups',
    ],
    [
      'an initial option that is not listed',
      inModal([input(select({ initial_option: option('other') }))]),
      'one of the options',
    ],
    [
      '6 overflow options',
      inModal([section('x', { accessory: { type: 'overflow', action_id: 'o', options: options(6) } })]),
      'no more than 5',
    ],
    [
      '11 radio buttons',
      inModal([input({ type: 'radio_buttons', action_id: 'r', options: options(11) })]),
      'no more than 10',
    ],
    [
      '11 checkboxes',
      inModal([input({ type: 'checkboxes', action_id: 'r', options: options(11) })]),
      'no more than 10',
    ],
    ['a placeholder of 151', inModal([input(typed({ placeholder: plain(long(151)) }))]), 'less than 151'],
    ['a label of 2001', inModal([input(typed(), { label: plain(long(2001)) })]), 'less than 2001'],
    ['a hint of 2001', inModal([input(typed(), { hint: plain(long(2001)) })]), 'less than 2001'],
    ['max_length 3001', inModal([input(typed({ max_length: 3001 }))]), 'must be no more than 3000'],
    ['min over max length', inModal([input(typed({ min_length: 5, max_length: 2 }))]), 'min_length'],
    ['min over max value', inModal([input(number({ min_value: '9', max_value: '2' }))]), 'min_value'],
    ['numbers given as numbers', inModal([input(number({ min_value: 1 }))]), '/view/blocks/0/element/min_value'],
    [
      'a number input without is_decimal_allowed',
      inModal([input({ type: 'number_input', action_id: 'n' })]),
      'is_decimal_allowed',
    ],
    [
      'a confirm title of 101',
      inModal([actions(button({ confirm: confirm({ title: plain(long(101)) }) }))]),
      'less than 101',
    ],
    [
      'a confirm text of 301',
      inModal([actions(button({ confirm: confirm({ text: plain(long(301)) }) }))]),
      'less than 301',
    ],
    [
      'a confirm button of 31',
      inModal([actions(button({ confirm: confirm({ confirm: plain(long(31)) }) }))]),
      'less than 31',
    ],
    ['a confirm without text', inModal([actions(button({ confirm: { title: plain('x') } }))]), 'text'],
    [
      'the same block_id twice',
      inModal([section('a', { block_id: 'b' }), section('b', { block_id: 'b' })]),
      'block_id already exists',
    ],
    ['the same action_id in a block', inModal([actions(button(), button())]), 'action_id already exists'],
    ['a block_id of 256', inModal([section('a', { block_id: long(256) })]), 'less than 256'],
    ['an action_id of 256', inModal([actions(button({ action_id: long(256) }))]), 'less than 256'],
    [
      'two elements with the focus',
      inModal([input(typed({ focus_on_load: true })), input(select({ focus_on_load: true }))]),
      'focus_on_load',
    ],
    ['an image without alt_text', inModal([{ type: 'image', image_url: 'https://a.test/a.png' }]), 'alt_text'],
    ['an alert of 201', inModal([{ type: 'alert', text: plain(long(201)) }]), 'less than 201'],
    ['an alert in a message', inMessage([{ type: 'alert', text: plain('x') }]), 'unsupported type: alert'],
    ['a table in a modal', inModal([table(2)]), 'unsupported type: table'],
    ['a markdown block in a modal', inModal([{ type: 'markdown', text: 'x' }]), 'unsupported type: markdown'],
    ['a card in a modal', inModal([card()]), 'unsupported type: card'],
    [
      'a file input in a message',
      inMessage([input({ type: 'file_input', action_id: 'f' })]),
      'unsupported type: file_input',
    ],
    [
      'a data table at Home',
      inHome([{ type: 'data_table', caption: 'c', rows: [row(1), row(1)] }]),
      'unsupported type',
    ],
    ['two tables', inMessage([table(1), table(1)]), 'only one table'],
    ['101 table rows', inMessage([table(101)]), 'no more than 100'],
    ['21 cells', inMessage([table(1, 21)]), 'no more than 20'],
    ['uneven rows', inMessage([{ type: 'table', rows: [row(1), row(2)] }]), 'same number of cells'],
    ['a data table of one row', inMessage([{ type: 'data_table', caption: 'c', rows: [row(1)] }]), 'more than 1 items'],
    [
      'a card of 4 actions',
      inMessage([card({ actions: ['1', '2', '3', '4'].map((id) => button({ action_id: id })) })]),
      'no more than 3',
    ],
    ['a card of nothing', inMessage([{ type: 'card' }]), 'card needs'],
    [
      '11 cards',
      inMessage([{ type: 'carousel', elements: Array.from({ length: 11 }, () => card()) }]),
      'no more than 10',
    ],
    [
      '14,000 characters of blocks',
      inMessage(Array.from({ length: 5 }, () => section(long(2800)))),
      'msg_blocks_too_long',
    ],
    ['markdown over 12,000', inMessage([{ type: 'markdown', text: long(12_001) }]), 'less than 12001'],
    ['a text of 40,001', inMessage([], { text: long(40_001) }), 'msg_too_long'],
    [
      'bad blocks in an attachment',
      inMessage([], { attachments: [{ blocks: [{ type: 'banner' }] }] }),
      'invalid_attachments',
    ],
  ])('%s', (_name, findings, words) => {
    expect(findings.join('\n')).toContain(words);
  });

  test('a home with a title', () => {
    const [first] = judgeView(core, { type: 'home', title: plain('x'), blocks: [] }, 'home');
    expect(first?.message).toContain('invalid additional property: title');
  });

  test('an image that cannot be loaded, with the whole view', () => {
    const faults = createFaults();
    faults.breakImages(/broken/);
    const view = modal([{ type: 'image', image_url: 'https://a.test/broken.png', alt_text: 'A' }]);
    const [first] = judgeView({ faults }, view, 'modal');
    expect(first).toMatchObject({
      code: 'invalid_blocks',
      message: expect.stringContaining('downloading image failed'),
    });
  });
});

describe('answers to an option look-up', () => {
  test.each<[string, unknown, string | undefined]>([
    ['options', { options: options(100) }, undefined],
    ['no options at all', { options: [] }, undefined],
    ['groups', { option_groups: [{ label: plain('g'), options: options(2) }] }, undefined],
    ['101 options', { options: options(101) }, 'no more than 100'],
    ['both', { options: [], option_groups: [] }, 'either options or option_groups'],
    ['nothing', undefined, 'must be an object'],
    ['a mrkdwn option', { options: [{ text: mrkdwn('a'), value: 'a' }] }, 'must be plain_text'],
    ['a long value', { options: [option(long(151), 'a')] }, 'less than 151'],
    ['an unknown field', { options: [{ ...option('a'), icon: 'x' }] }, 'options'],
  ])('%s', (_name, answer, words) => {
    const messages = judgeOptions(answer).map((one) => one.message);
    if (words === undefined) expect(messages).toEqual([]);
    else expect(messages.join('\n')).toContain(words);
  });
});

test('no limit is named twice', () => {
  const paths = limits.map((limit) => limit.path);
  expect(new Set(paths).size).toBe(paths.length);
});
