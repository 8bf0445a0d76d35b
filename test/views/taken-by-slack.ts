import type { Button } from '@slack/types';
import { expect } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeMessage, judgeView } from '../../sandbox/slack/judge/judge.ts';
import type { HomeView, Message, ModalView } from '../../src/domain/surfaces.ts';

const core = { faults: createFaults() };

/** Every text that stands there, in order, buttons included; once Slack's own judge has taken it. */
export function wordsOfMessage(shown: Message): readonly string[] {
  expect(judgeMessage(core, { ...shown })).toEqual([]);
  return wordsIn(shown.blocks);
}

export function wordsOfModal(view: ModalView): readonly string[] {
  expect(judgeView(core, { ...view }, 'modal')).toEqual([]);
  return wordsIn(view.blocks);
}

export function wordsOfHome(view: HomeView): readonly string[] {
  expect(judgeView(core, { ...view }, 'home')).toEqual([]);
  return wordsIn(view.blocks);
}

function wordsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('text' in node && typeof node.text === 'string') return [node.text];
  return Object.values(node).flatMap(wordsIn);
}

/** What a screen reader says of each button: its label, or else its text. */
export function spokenButtons(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && node.type === 'button' && 'text' in node) {
    const { text, accessibility_label: label } = node as Button;
    return [label ?? text.text];
  }
  return Object.values(node).flatMap(spokenButtons);
}
