import { people } from '../../sandbox/acme.ts';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { CrashWorld } from './crash-world.ts';
import type { Lane } from './lane.ts';
import { anna, clara } from './steps.ts';

/** Messages of a story in which nobody dies: Anna's card and one sentence on how it ended; Clara's card. */
const messages = { anna: 2, clara: 1 };

/** What must hold at the end of every story, wherever a process died in it. */
export async function checkStory(world: CrashWorld, lane: Lane): Promise<readonly string[]> {
  const isOrdered = lane.path.includes('approve');
  const { fleet, durable, slack } = world;
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };

  const made = [...fleet.carts(), ...fleet.orders()];
  expect(made.length === 1, `${made.length} carts and orders in Fleet in place of one`);
  const [order] = made;
  expect(fleet.orders().length === (isOrdered ? 1 : 0), `${fleet.orders().length} orders in Fleet`);
  const validates = order === undefined ? 0 : fleet.validateCommits(order.id);
  expect(validates === (isOrdered ? 1 : 0), `${validates} validates went through`);
  const devices = lane.path.includes('change') ? 2 : 1;
  expect(order?.lines.length === devices, `${order?.lines.length} devices in place of ${devices}`);

  const open = await durable.store.openRequests();
  expect(open.length === 0, `still open: ${open.map(({ state }) => state.kind).join()}`);
  const requests = await durable.store.requestsBy(person('anna'), 10);
  expect(requests.length === 1, `${requests.length} requests in place of one`);
  const [request] = requests;
  const end = isOrdered ? 'ordered' : 'declined';
  expect(request?.state.kind === end, `the request is ${request?.state.kind}`);
  expect((await durable.failed()) === 0, 'a job was given up');
  if (request !== undefined) problems.push(...(await checkCards(world, request, isOrdered ? 'Ordered' : 'Declined')));
  problems.push(...checkMessages(world), ...(await checkAudit(world, end)));
  // A process that is dead acknowledges nothing.
  for (const { rule, detail } of slack.violations.breaches())
    expect(rule === 'late_ack' && world.deaths() > 0, `Slack's rule ${rule} was broken: ${detail}`);
  return problems;
}

const person = (who: 'anna' | 'clara') => people[who] as DeviceRequest['requester']['slackUserId'];

/** Both sides show the end, and nothing is left to decide on them. */
async function checkCards(world: CrashWorld, request: DeviceRequest, word: string): Promise<readonly string[]> {
  const copies = await world.durable.store.copies(request.id);
  const problems: string[] = [];
  for (const [kind, who] of [
    ['requester', anna(world)],
    ['approver', clara(world)],
  ] as const) {
    const own = copies.filter((copy) => copy.kind === kind);
    if (own.length !== 1) problems.push(`${own.length} copies for the ${kind} in place of one`);
    const shown = who.messagesIn().find(({ ts }) => ts === own[0]?.ts);
    if (shown === undefined) problems.push(`the ${kind}'s card is not where it is said to be`);
    else if (!shown.text().includes(word)) problems.push(`the ${kind}'s card does not say ${word}: ${shown.text()}`);
    else if (decides(shown)) problems.push(`the ${kind}'s card still asks for a decision`);
  }
  return problems;
}

/** Between a post and its record nothing can be atomic: there, and nowhere else, a crash may post the same once more. */
function checkMessages(world: CrashWorld): readonly string[] {
  const counts = [
    ['anna', anna(world)],
    ['clara', clara(world)],
  ] as const;
  return counts.flatMap(([who, slackPerson]) => {
    const mayBeMore = world.mayComeTwice.filter((id) => id === slackPerson.id).length;
    const shown = slackPerson.messagesIn().filter(({ isEphemeral }) => !isEphemeral);
    const asking = shown.filter(decides).length;
    const texts = shown.map((one) => one.fallback).join(' | ');
    const isRight = shown.length >= messages[who] && shown.length <= messages[who] + mayBeMore;
    return [
      ...(isRight ? [] : [`${shown.length} messages to ${who} in place of ${messages[who]}: ${texts}`]),
      ...(asking > mayBeMore ? [`${asking} messages to ${who} still ask for a decision: ${texts}`] : []),
    ];
  });
}

function decides(message: SlackMessage): boolean {
  return message.buttons().some(({ text }) => ['Approve', 'Decline', 'Withdraw', 'Remind'].includes(text));
}

/** Every change of the request is there once: state and audit are one script. */
async function checkAudit(world: CrashWorld, end: string): Promise<readonly string[]> {
  const entries: string[] = [];
  for await (const { entry } of world.durable.store.audit()) entries.push(`${entry.did} ${entry.from}→${entry.to}`);
  const ended = entries.filter((entry) => entry.endsWith(`→${end}`) && !entry.endsWith(`${end}→${end}`));
  const once = ['request_sent draft→pending', ...ended];
  const isOnce = once.every((one) => entries.filter((entry) => entry === one).length === 1);
  const checks = entries.filter((entry) => entry.startsWith('ending_checked')).length;
  return isOnce && once.length === 2 && checks <= 1 ? [] : [`the audit log is not one story: ${entries.join(', ')}`];
}
