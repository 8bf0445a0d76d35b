import { expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeMessage } from '../../sandbox/slack/judge/judge.ts';
import { helpMessage, unknownVerbMessage, verbHelp } from '../../src/views/help.ts';
import { noMatchText } from '../../src/views/people/link.ts';

const core = { faults: createFaults() };
const order = { verb: 'order', usage: '/fleet order [words]', help: 'Order equipment.' };

it('explains every verb', () => {
  const help = helpMessage([order]);

  expect(JSON.stringify(help.blocks)).toContain('`/fleet order [words]` Order equipment.');
  expect(JSON.stringify(help.blocks)).toContain('/fleet help');
  expect(judgeMessage(core, { ...help })).toEqual([]);
});

it('says why its reader cannot order', () => {
  const help = helpMessage([order], { kind: 'guest' });

  expect(JSON.stringify(help.blocks)).toContain(noMatchText({ kind: 'guest' }));
  expect(judgeMessage(core, { ...help })).toEqual([]);
});

it('offers to look at the orders of others to admins only', () => {
  expect(verbHelp('status', true).usage).toContain('@person');
  expect(verbHelp('status', false).usage).not.toContain('@person');
  expect(verbHelp('cart', true)).toEqual(verbHelp('cart', false));
});

it('offers the nearest verb for one that does not exist', () => {
  expect(unknownVerbMessage('ordr', order).text).toContain('Unknown command “ordr”');
  expect(unknownVerbMessage('ordr', order).text).toContain('Did you mean `/fleet order [words]`?');
  expect(unknownVerbMessage('x', null).text).toContain('Try `/fleet help`');
});

it.each(['<!channel>', '*bold*', 'x'.repeat(5000)])('shows what was typed as text: %#', (typed) => {
  const answer = unknownVerbMessage(typed, null);

  expect(judgeMessage(core, { ...answer })).toEqual([]);
  expect(JSON.stringify(answer)).not.toMatch(/<!channel>|\*bold\*/);
});
