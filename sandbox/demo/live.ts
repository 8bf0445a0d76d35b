import type { ServerResponse } from 'node:http';
import { type Cursor, type Exchanges, fromTheStart } from './exchanges.ts';
import type { PanelPicture, Picture } from './picture-types.ts';

export interface LiveSources {
  picture(userId: string): Picture;
  panel(): PanelPicture;
  readonly exchanges: Exchanges;
}

export interface Live {
  /** Sends what this person sees, and again at every change, until the page closes. */
  attach(userId: string, response: ServerResponse): void;
  changed(): void;
  close(): void;
}

interface Reader {
  readonly userId: string;
  readonly response: ServerResponse;
  cursor: Cursor;
  /** What was last sent, so that nothing is sent twice. */
  picture: string;
  panel: string;
}

/** Changes within this time count as one: a view that is filled in three steps is rendered once. */
const GATHER_MS = 25;
/** Fleet's journal has no change notifications. */
const LOOK_EVERY_MS = 300;

export function createLive(sources: LiveSources): Live {
  const readers = new Set<Reader>();
  let timer: NodeJS.Timeout | undefined;

  const send = (reader: Reader, event: string, data: string): void => {
    reader.response.write(`event: ${event}\ndata: ${data}\n\n`);
  };
  const bringUpToDate = (reader: Reader): void => {
    const { now: _now, ...picture } = sources.picture(reader.userId);
    const { now: _then, ...panel } = sources.panel();
    const [pictureText, panelText] = [JSON.stringify(picture), JSON.stringify(panel)];
    if (pictureText !== reader.picture) send(reader, 'picture', pictureText);
    if (panelText !== reader.panel) send(reader, 'panel', panelText);
    const { exchanges, cursor } = sources.exchanges.since(reader.cursor);
    if (exchanges.length > 0) send(reader, 'exchanges', JSON.stringify(exchanges));
    Object.assign(reader, { picture: pictureText, panel: panelText, cursor });
  };
  const changed = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const reader of readers) bringUpToDate(reader);
    }, GATHER_MS);
  };
  const looking = setInterval(() => {
    if (readers.size > 0) changed();
  }, LOOK_EVERY_MS);

  return {
    changed,
    attach(userId, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const reader: Reader = { userId, response, cursor: fromTheStart, picture: '', panel: '' };
      readers.add(reader);
      response.once('close', () => readers.delete(reader));
      bringUpToDate(reader);
    },
    close() {
      clearInterval(looking);
      clearTimeout(timer);
      for (const { response } of readers) response.end();
    },
  };
}
