import { afterEach, beforeEach, expect, it } from 'vitest';
import { notRecordedText } from '../../src/views/notices.ts';
import { deputyTitle } from '../../src/views/people/deputy.ts';
import { ready } from '../support/redis-url.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());
const clara = () => world.slack.person(people.clara);

/** No profile is kept any more, and Slack takes long to answer. */
async function slackIsSlow(latencyMs = 5_000): Promise<void> {
  const redis = await ready(world.redis());
  const kept = await redis.keys(`*{${world.workspaceId}}:profile:*`);
  expect(kept).not.toEqual([]);
  await redis.del(...kept);
  world.slack.faults.on('users.info', { latencyMs });
  world.slack.faults.on('users.lookupByEmail', { latencyMs });
}

it('/fleet help is acknowledged in time, and explained after it', async () => {
  const anna = world.slack.person(people.anna);
  await anna.command('/fleet help');
  const before = anna.ephemerals().length;
  await slackIsSlow(2_600);

  expect(await anna.command('/fleet help')).toMatchObject({ timedOut: false, rawBody: '' });

  const answer = await world.slack.until(() => anna.ephemerals()[before]);
  expect(answer.text()).toContain('/fleet cart');
});

it('Remind is answered in time: whoever cannot be looked up is reminded', async () => {
  const cards = await sentToClara(world);
  await slackIsSlow();
  expect(await cards.anna.press('Remind')).toMatchObject({ timedOut: false });
  await world.slack.until(() => clara().message('Reminder: '));
  expect(world.slowestAckMs()).toBeLessThan(2_500);
});

it('naming a deputy is answered in time, at the field, and nothing is recorded', async () => {
  await clara().command('/fleet approvals', { channelId: channels.general });
  const list = await world.slack.until(() => clara().ephemerals(channels.general)[0]);
  await list.press(deputyTitle);
  const modal = await world.slack.until(() => clara().modal());
  await modal.select('Backup', "Dan O'Neil");
  await modal.fill('Last day away', new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10));
  // Two in a row are longer than Slack waits for our answer.
  await slackIsSlow(1_700);
  expect(await modal.submit()).toMatchObject({ kind: 'errors', errors: { Backup: expect.stringContaining('again') } });
  expect(world.slowestAckMs()).toBeLessThan(2_500);
});

it('saving who may sign is answered in time, and says that nothing was changed', async () => {
  const dan = world.slack.person(people.dan);
  await dan.command('/fleet settings');
  const root = await world.slack.until(() =>
    dan.modal()?.text().includes('Approvers and admins') ? dan.modal() : null,
  );
  await root.press('Change', { near: 'Approvers and admins' });
  const form = await world.slack.until(() => (dan.modal()?.hasField('Approvers') ? dan.modal() : null));
  await form.select('Approvers', ['Clara Rossi', 'Ben Martin']);
  await slackIsSlow();
  expect(await form.submit()).toMatchObject({ kind: 'updated' });
  expect(dan.modal()?.text()).toContain(notRecordedText);
  expect(world.slowestAckMs()).toBeLessThan(2_900);
});
