import { describe, expect, it } from 'vitest';
import { CommitUnclear, StoreUnavailable } from '../../src/domain/failures/failure.ts';
import { answerUnknown } from '../../src/handlers/index.ts';
import { type HandlerDeps, type HandlerWorkspace, listener } from '../../src/handlers/listener.ts';
import { answerPress } from '../../src/presenters/card.ts';
import { notConfirmedText, notRecordedText, unclearText } from '../../src/views/notices.ts';
import { aRequest } from '../domain/a-request.ts';

const noLog = { info: () => {}, warn: () => {}, error: () => {} };
const body = {
  user: { id: 'U1' },
  response_url: 'https://slack.test/r',
  container: { is_ephemeral: true },
  actions: [{ action_id: 'approve_request', action_ts: '1.0', block_id: 'card' }],
};

/** Slack as a list of what was said. */
function aWorkspace(store: object = {}) {
  const said: string[] = [];
  const slack = {
    respond: async (_url: string, { text }: { readonly text: string }) => {
      said.push(text);
      return { ok: true };
    },
  };
  // Only what a press touches is there.
  const used = {
    context: { store, log: noLog },
    slack,
    relaySoon: () => {},
    inBackground: () => {},
    ownTurn: async () => {},
  };
  return { workspace: used as unknown as HandlerWorkspace, said };
}

async function saidAbout(handle: (args: { ack: () => Promise<void> }) => Promise<void>): Promise<readonly string[]> {
  const { workspace, said } = aWorkspace();
  const deps = { workspace: () => workspace, respond: workspace.slack.respond, log: noLog };
  const listening = listener(deps satisfies HandlerDeps, 'press', (args: Parameters<typeof handle>[0] & object) =>
    handle(args),
  );
  await listening({ ack: async () => {}, body, context: { teamId: 'T1' } } as never);
  return said;
}

describe('a listener that fails', () => {
  it('before anything was recorded says that nothing was changed', async () => {
    const said = await saidAbout(() => Promise.reject(new StoreUnavailable('Redis: not connected', true)));
    expect(said).toEqual([notRecordedText]);
  });

  it('with the answer to its commit lost claims nothing', async () => {
    const said = await saidAbout(() => Promise.reject(new CommitUnclear('Redis: Command timed out')));
    expect(said).toEqual([unclearText]);
    expect(unclearText).not.toContain('Nothing was changed');
  });

  it('after the acknowledgement sends them to look', async () => {
    const said = await saidAbout(async ({ ack }) => {
      await ack();
      throw new StoreUnavailable('Redis: Command timed out');
    });
    expect(said).toEqual([notConfirmedText]);
    expect(notConfirmedText).not.toContain('Nothing was changed');
  });
});

describe('a press in a private card', () => {
  const away = () => Promise.reject(new StoreUnavailable('Redis: Command timed out'));
  const unreadable = { requestsPendingFor: away, settings: away, deputy: away, countWaitingFor: away };

  it('is answered once when the card cannot be drawn again', async () => {
    const { workspace, said } = aWorkspace({ commit: async () => 'committed', request: away });
    await answerPress(workspace, body as never, { ok: true, request: aRequest() }, 'Your approval is being sent.');
    expect(said).toEqual(['Your approval is being sent.']);
  });

  it('is answered once when its list cannot be read again', async () => {
    const { workspace, said } = aWorkspace({ ...unreadable, commit: async () => 'committed' });
    const inList = { ...body, actions: [{ ...body.actions[0], block_id: 'approvals.0.req1' }] };
    await answerPress(workspace, inList as never, { ok: true, request: aRequest() }, 'Your approval is being sent.');
    expect(said).toEqual(['Your approval is being sent.']);
  });
});

describe('what belongs to another release', () => {
  it('is called a command where it was typed, with what can be typed', async () => {
    const said: unknown[] = [];
    const args = { next: async () => {}, ack: async (answer: unknown) => said.push(answer), command: {}, context: {} };

    await answerUnknown({} as HandlerDeps)(args as never);

    expect(said).toEqual([
      { response_type: 'ephemeral', text: expect.stringMatching(/^This command is from .* `\/fleet help`/u) },
    ]);
  });
});
