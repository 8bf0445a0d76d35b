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

/**
 * Bolt's and the Web API client's own messages. Their debug output holds whole bodies (names, notes), so it is dropped,
 * and their errors are cut at the first line: the rest quotes payloads.
 */
export function boltLogger(log: Log): Logger {
  const first = (parts: readonly unknown[]) => ({ said: String(parts[0]).split('\n', 1)[0]?.slice(0, 200) });
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.warn('slack client warns', first(parts)),
    error: (...parts) => log.error('slack client fails', first(parts)),
    setLevel: () => {},
    getLevel: () => 'warn' as ReturnType<Logger['getLevel']>,
    setName: () => {},
  };
}
