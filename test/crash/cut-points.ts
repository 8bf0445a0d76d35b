import type { InstalledWorkspace } from '../../src/app/workspace.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import type { Commit } from '../../src/store/commit.ts';

type Step = NonNullable<ServiceContext['step']>;
type NameOf = (method: string, args: readonly unknown[]) => string | null;

/**
 * A cut point before and after every call to Fleet, every write to Redis and every call to Slack that changes what
 * people see: new code gets its cut points automatically.
 */
export function withCutPoints(workspace: InstalledWorkspace, step: Step): InstalledWorkspace {
  const { context } = workspace;
  const fleet = cut(context.fleet, fleetCall, step);
  const store = cut(context.store, storeCall, step);
  return {
    context: { ...context, fleet, store },
    forPeople: cut(workspace.forPeople, slackCall, step),
    forJobs: cut(workspace.forJobs, slackCall, step),
  };
}

/** Background calls (caches, directory, status sweeps) come at times of their own and are left out. */
function fleetCall(method: string, args: readonly unknown[]): string | null {
  return args.at(-1) === 'person' ? `fleet.${method}` : null;
}

const writes = new Set(['putCopy', 'dropCopy', 'setPreferences']);
const background = new Set(['refresh_directory', 'follow_orders']);

function storeCall(method: string, [first, second]: readonly unknown[]): string | null {
  if (method === 'commit') return commitName(first as Commit);
  if (!writes.has(method)) return null;
  const kind = method === 'putCopy' ? ` ${(second as { kind: string }).kind}` : '';
  return `store.${method}${kind}`;
}

/** What it writes, in words that are the same in every run. */
function commitName({ draft, request, work = [], once }: Commit): string | null {
  const kinds = work.map((item) => item.work.kind);
  if (kinds.length > 0 && kinds.every((kind) => background.has(kind))) return null;
  const parts = [
    ...(draft === undefined ? [] : [draft.next === null ? 'draft gone' : 'draft']),
    ...(request === undefined ? [] : [request.next.state.kind]),
    ...kinds,
    ...(once === undefined ? [] : ['once']),
  ];
  return `commit(${parts.join(' + ')})`;
}

const shown = new Set(['post', 'update', 'updateModal', 'respond']);

function slackCall(method: string): string | null {
  return shown.has(method) ? `slack.${method}` : null;
}

function cut<T extends object>(target: T, nameOf: NameOf, step: Step): T {
  return new Proxy(target, {
    get: (_, property) => {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        const name = nameOf(String(property), args);
        const call = (): unknown => Reflect.apply(member, target, args);
        return name === null ? call() : around(name, call, step);
      };
    },
  });
}

async function around(name: string, call: () => unknown, step: Step): Promise<unknown> {
  await step(`${name} before`);
  const answer = await call();
  await step(`${name} after`);
  return answer;
}
