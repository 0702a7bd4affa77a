import { createHmac } from 'node:crypto';
import winston from 'winston';
import { type EdgeLog, faultFields } from '../http/index.js';

export { faultFields };

/** Fields that may stand in a log line: no bodies, no headers, no personal values. */
const ALLOWED = new Set([
  'requestId',
  'method',
  'path',
  'route',
  'status',
  'ms',
  'principal',
  'permission',
  'name',
  'message',
  'code',
  'stack',
  'detail',
  'count',
  'grants',
  'address',
  'database',
  'mode',
  'version',
  'position',
  'kind',
  'id',
  'signal',
  'migrations',
  'part',
  'worker',
  'pid',
  'pack',
  'number',
  'why',
]);

export interface Logger extends EdgeLog {
  debug(message: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Drivers quote the values they were given ("Duplicate entry 'Zhang San'"): what stands in quotes is left out. */
const unquoted = (text: string): string => text.replaceAll(/(['"`]).*\1/gs, '$1…$1');

/** Who is meant: lines about one person can be put together, but only with the key can they be held against a name. */
const SUBJECTS = new Set(['principal']);

/**
 * One JSON line per event on standard error. Line breaks inside values are escaped by JSON, so lines cannot be forged.
 * `secret` keys the names of subjects; `worker` says which of several processes wrote the line.
 */
export function createLogger(level: string, secret = '', worker?: number): Logger {
  const subject = (value: unknown): string =>
    createHmac('sha256', `log subjects ${secret}`).update(String(value)).digest('base64url').slice(0, 22);
  const silent = level === 'silent';
  const logger = winston.createLogger({
    level: silent ? 'error' : level,
    silent,
    ...(worker !== undefined && { defaultMeta: { worker } }),
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  });
  const write = (severity: string) => (message: string, fields: Readonly<Record<string, unknown>>) => {
    const { message: cause, ...rest } = Object.fromEntries(
      Object.entries(fields)
        .filter(([key]) => ALLOWED.has(key))
        .map(([key, value]) => [key, SUBJECTS.has(key) ? subject(value) : value]),
    );
    logger.log({ level: severity, message, ...rest, ...(typeof cause === 'string' && { cause: unquoted(cause) }) });
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
