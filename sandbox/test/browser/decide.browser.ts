import { afterEach, beforeEach, expect, it } from 'vitest';
import { approve, askClara, openApp, openPanel, people, slackPart, switchTo } from './support/acts.ts';
import { type OpenDemo, openDemo } from './support/open-demo.ts';

let opened: OpenDemo;
beforeEach(async () => {
  opened = await openDemo();
});
afterEach(() => opened.close());

it('a second press of Approve orders nothing more', async () => {
  const { demo } = opened;
  const page = await opened.open(people.anna);
  await askClara(page);
  const clara = await opened.open(people.clara, { at: 'D0CLARA' });
  const again = await opened.open(people.clara, { at: 'D0CLARA' });
  const gate = demo.fleet.hold('patchCart');

  // Both windows have pressed the button and show the confirm dialog before either of them confirms.
  for (const one of [clara, again])
    await slackPart(one)
      .getByRole('button', { name: /^Approve order/ })
      .click();
  await Promise.all(
    [clara, again].map((one) => one.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click()),
  );
  await gate.arrived(1);
  gate.release();

  await slackPart(clara).getByText('Ordered.').waitFor();
  await slackPart(again).getByText('Ordered.').waitFor();
  const [order] = demo.fleet.orders();
  expect(demo.fleet.validateCommits(order?.id ?? 0)).toBe(1);
  demo.slack.violations.assertNone();
});

it('an app killed between the press and the answer orders once, and the card ends up right', async () => {
  const { demo } = opened;
  const page = await opened.open(people.anna);
  await askClara(page);
  await switchTo(page, 'Clara');
  await openApp(page);
  await openPanel(page);
  const gate = demo.fleet.hold('validateCart', 'after_commit');

  await approve(page);
  await gate.arrived(1);
  await page.getByRole('button', { name: 'Kill' }).click();
  await page.getByText('killed').waitFor();
  gate.release();
  await page.getByRole('button', { name: 'Start again' }).click();
  await page.getByText('running').waitFor();

  await slackPart(page).getByText('Ordered.').waitFor({ timeout: 85_000 });
  const [order] = demo.fleet.orders();
  expect(demo.fleet.validateCommits(order?.id ?? 0)).toBe(1);
}, 120_000);
