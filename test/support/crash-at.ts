import { LogJournal } from '../../src/log/index.js';

/**
 * Loaded into a server before its own code (`NODE_OPTIONS=--import …`): kills the process, as `kill -9` does, when a
 * command that tells this event has written everything and not committed, or has committed and not answered.
 */
export type Moment = 'before-commit' | 'before-answer';

const [moment, event] = (process.env['CRASH_AT'] ?? '').split(' ');
const { append, committed } = LogJournal.prototype;
let isReached = false;

const die = (at: Moment): void => {
  if (isReached && at === moment) process.kill(process.pid, 'SIGKILL');
};

LogJournal.prototype.append = async function (...[tx, entries]: Parameters<typeof append>): Promise<number> {
  const position = await append.call(this, tx, entries);
  isReached ||= entries.some((entry) => entry.event === event);
  die('before-commit');
  return position;
};

LogJournal.prototype.committed = function (position: number): Promise<void> {
  die('before-answer');
  return committed.call(this, position);
};
