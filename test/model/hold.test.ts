import { expect, it } from 'vitest';
import { createHold } from './hold.ts';

it('a process that is let go and stands still once more holds nobody up', async () => {
  const hold = createHold();
  const passed: string[] = [];
  hold.next('one');
  const isOver = await hold.orUntilHeld(async (step) => {
    for (const name of ['one', 'two', 'three']) {
      await step(name);
      passed.push(name);
    }
  });
  expect(isOver).toBe(false);
  hold.next('two');
  await hold.resume();
  expect([passed, hold.standing()]).toEqual([['one'], ['two']]);
  await hold.resume();
  expect(passed).toEqual(['one', 'two', 'three']);
});

it('of two processes at once the one that stands still is left, even after the other is done', async () => {
  const hold = createHold();
  let arrive = (): void => {};
  const arrives = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  hold.next('here');
  const one = hold.orUntilHeld(async (step) => {
    await arrives;
    await step('here');
  });
  expect(await hold.orUntilHeld(async () => {})).toBe(true);
  arrive();
  expect(await one).toBe(false);
  await hold.resume();
});
