import { expect, it } from 'vitest';
import { createBackgroundWork } from '../src/app/background-work.ts';
import { type Handle, type HandlerDeps, type HandlerWorkspace, listener } from '../src/handlers/listener.ts';

const noLog = { info: () => {}, warn: () => {}, error: () => {} };

interface Args {
  readonly ack: () => Promise<void>;
  readonly body: object;
  readonly context: { readonly teamId: string };
  readonly number: number;
}

/** A listener over what counts the work of a process, and requests that arrive one by one within a turn. */
function listening(work: (about: { readonly number: number; readonly workspace: HandlerWorkspace }) => Promise<void>) {
  const background = createBackgroundWork(noLog);
  const workspace = {
    context: { log: noLog },
    inBackground: background.run,
    ownTurn: background.ownTurn,
  } as unknown as HandlerWorkspace;
  const deps = { workspace: () => workspace, log: noLog } as unknown as HandlerDeps;
  const order: string[] = [];
  const handle: Handle<Args> = async ({ ack, number }) => {
    await ack();
    order.push(`work ${number}`);
    await work({ number, workspace });
  };
  const listen = listener(deps, 'press', handle);
  const arrive = (number: number): Promise<void> =>
    new Promise((resolve) => {
      const ack = async () => void order.push(`ack ${number}`);
      setImmediate(() => resolve(listen({ ack, body: {}, context: { teamId: 'T1' }, number })));
    });
  return { arrive, order, settle: background.settle };
}

const numbers = Array.from({ length: 64 }, (_, index) => index);

it('requests that arrive together are all acknowledged before the work of the first begins', async () => {
  const { arrive, order } = listening(async () => {});

  await Promise.all(numbers.map(arrive));

  expect(order).toEqual([...numbers.map((number) => `ack ${number}`), ...numbers.map((number) => `work ${number}`)]);
});

it('a request that arrives meanwhile is acknowledged before the work that still waits', async () => {
  let late: Promise<void> | undefined;
  const { arrive, order } = listening(async ({ number }) => {
    if (number === 1) late = arrive(64);
  });

  await Promise.all(numbers.map(arrive));
  await late;

  expect(order).toContain('ack 64');
  expect(order.indexOf('ack 64')).toBeLessThan(order.indexOf('work 3'));
});

it('a shutdown waits for what follows an acknowledgement, and for what that starts', async () => {
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const done: string[] = [];
  const { arrive, order, settle } = listening(async ({ workspace }) => {
    await new Promise(setImmediate);
    workspace.inBackground(
      'fill a modal',
      finished.then(() => void done.push('filled')),
    );
    setImmediate(finish);
  });

  const arrived = arrive(1);
  await new Promise(setImmediate);
  expect(order).toEqual(['ack 1']);
  await settle();

  expect(done).toEqual(['filled']);
  await arrived;
});
