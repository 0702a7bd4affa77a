import winston from 'winston';
import type { EdgeLog } from '../http/index.js';

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
]);

export interface Logger extends EdgeLog {
  debug(message: string, fields: Readonly<Record<string, unknown>>): void;
}

/** One JSON line per event on standard output. Line breaks inside values are escaped by JSON, so lines cannot be forged. */
export function createLogger(level: string): Logger {
  const silent = level === 'silent';
  const logger = winston.createLogger({
    level: silent ? 'error' : level,
    silent,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  });
  const write = (severity: string) => (message: string, fields: Readonly<Record<string, unknown>>) => {
    const kept = Object.fromEntries(
      Object.entries(fields)
        .filter(([key]) => ALLOWED.has(key))
        .map(([key, value]) => [key === 'message' ? 'cause' : key, value]),
    );
    logger.log({ level: severity, message, ...kept });
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
