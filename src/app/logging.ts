import type { Logger } from '@slack/bolt';
import { pino } from 'pino';
import type { Config } from '../config.ts';
import type { Log } from '../services/context.ts';

export function createLog(level: Config['logLevel']): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}

const REPEATS_MS = 60_000;
const MAX_REMEMBERED = 100;

/** For what may fail many times a second: the same warning is written once a minute, with how often it was left out. */
export function withoutRepeats(log: Log, now: () => number = Date.now): Log {
  const written = new Map<string, { readonly at: number; leftOut: number }>();
  return {
    ...log,
    warn: (message, fields = {}) => {
      const key = JSON.stringify([message, fields]);
      const before = written.get(key);
      if (before !== undefined && now() < before.at + REPEATS_MS) {
        before.leftOut += 1;
        return;
      }
      if (written.size >= MAX_REMEMBERED) written.clear();
      written.set(key, { at: now(), leftOut: 0 });
      log.warn(message, before?.leftOut ? { ...fields, leftOut: before.leftOut } : fields);
    },
  };
}

/** BullMQ's, for each connection. `findWeaknesses` says it once, with what to do. */
const ABOUT_EVICTION = 'IMPORTANT! Eviction policy';

/** What libraries print is a line of the log like any other. */
export function logConsole(log: Log): void {
  const quiet = withoutRepeats(log);
  const print = (...parts: readonly unknown[]): void => {
    const line = firstLine(parts);
    if (!line.said.startsWith(ABOUT_EVICTION)) quiet.warn('a library warns', line);
  };
  console.warn = print;
  console.error = print;
}

/**
 * For messages of Bolt and the Web API client. Their debug output has whole bodies (names, notes), so it is dropped.
 * Their errors quote payloads after the first line, so only that line is logged.
 */
export function boltLogger(log: Log): Logger {
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.warn('slack client warns', firstLine(parts)),
    error: (...parts) => log.error('slack client fails', firstLine(parts)),
    setLevel: () => {},
    getLevel: () => 'warn' as ReturnType<Logger['getLevel']>,
    setName: () => {},
  };
}

function firstLine([first]: readonly unknown[]): { readonly said: string } {
  const [said = ''] = String(first).split('\n', 1);
  return { said: said.slice(0, 200) };
}
