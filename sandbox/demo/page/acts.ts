import type { ActAnswer, PanelAct, PersonAct } from '../act-requests.ts';

/** The server does not answer, or the target of the act no longer exists. */
class ActFailed extends Error {
  override name = 'ActFailed';
}

async function post(body: object): Promise<ActAnswer> {
  let response: Response;
  try {
    response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ActFailed('The demo isn’t responding. Is it still running in your terminal?');
  }
  const answer: ActAnswer & { error?: string } = await response.json();
  if (answer.refused !== undefined) throw new ActFailed(answer.refused);
  if (!response.ok) throw new ActFailed(answer.error ?? 'That didn’t work.');
  return answer;
}

export type Perform = (act: PersonAct) => Promise<ActAnswer>;

export function actAs(userId: string): Perform {
  return (act) => post({ as: userId, act });
}

export function actAtPanel(act: PanelAct): Promise<ActAnswer> {
  return post({ panel: act });
}
