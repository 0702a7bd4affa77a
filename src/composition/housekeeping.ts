import { ok } from '../kernel/result.js';
import type { Follower } from '../log/index.js';
import { faultFields, type Logger } from '../operations/index.js';
import { forgetOldKeys, type UnitOfWork } from '../persistence/index.js';
import type { Slices } from './slices.js';

const EVERY = 15_000;

/**
 * What time does by itself: grants expire and measures run out, warnings not heeded lead on, unanswered corrections are
 * abandoned, data that was not renewed is told late, people are reminded of days that are near, imports
 * of an instance that has ended are gone on with, samples of one are ended, addresses of invitations that nobody came
 * by, old idempotency keys and decisions kept long enough are forgotten. Runs at start, so that downtime is caught up,
 * then every 15 seconds; each act is one transaction that re-checks under its lock, so that two instances act once.
 * Published rules take effect without waiting for a round, on the instance that comes first.
 * Returns how to stop it: between two transactions, also while it catches up.
 */
export function housekeeping(
  unit: UnitOfWork,
  follower: Pick<Follower, 'subscribe'>,
  slices: Slices,
  log: Logger,
): () => Promise<void> {
  let running: Promise<void> | null = null;
  const stopped = new AbortController();
  const failed = (part: string, error: unknown): void => {
    if (!stopped.signal.aborted) log.error('housekeeping failed', { ...faultFields(error), part });
  };
  const own = unit.until(stopped.signal);
  const round = async (): Promise<void> => {
    slices.learning.letTimeAct(unit, (error) => log.error('learning failed', faultFields(error)));
    await letTimeAct(own, slices, failed);
  };
  const start = (): void => {
    running ??= round().finally(() => {
      running = null;
    });
  };
  let published: Promise<unknown> = Promise.resolve();
  follower.subscribe(['rule-pack'], async () => {
    // The rules are read by now: their keeper subscribed before.
    const acted = slices.classification.governing?.clock.letTimeAct(own);
    published = acted?.catch((error: unknown) => failed('reviews', error)) ?? published;
  });
  start();
  const timer = setInterval(start, EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopped.abort(new Error('stopped'));
    await running;
    await published;
    await slices.learning.stop();
  };
}

/** One round of all that time does; one part that fails keeps none of the others from acting. */
export async function letTimeAct(
  unit: UnitOfWork,
  slices: Slices,
  failed: (part: string, error: unknown) => void,
): Promise<void> {
  for (const [part, act] of actsOf(unit, slices)) await act().catch((error: unknown) => failed(part, error));
}

const actsOf = (
  unit: UnitOfWork,
  {
    decisions,
    evidence,
    grants,
    supervision,
    register,
    applications,
    catalogue,
    classification,
    notifications,
    colleagues,
  }: Slices,
): [string, () => Promise<unknown>][] => [
  ['evidence', () => evidence.service.letTimeAct(unit)],
  ['grants', () => grants.service.letTimeAct(unit)],
  ['supervision', () => supervision.clock.letTimeAct(unit)],
  ['demands', () => supervision.demands.letTimeAct(unit)],
  ['complaints', () => supervision.complaints.letTimeAct(unit)],
  ['applications', () => applications.clock.letTimeAct(unit)],
  ['attachments', () => applications.attachments.service.letTimeAct(unit)],
  ['reminders', () => notifications.reminders.letTimeAct(unit)],
  ['notifications', () => notifications.service.letTimeAct(unit)],
  ['reviews', async () => classification.governing?.clock.letTimeAct(unit)],
  ['late updates', async () => classification.governing?.late.letTimeAct(unit)],
  ['rehearsals', async () => classification.governing?.rehearsing.recover()],
  ['imports', () => catalogue.importing.recover()],
  ['samples', () => classification.samples.recover()],
  ['fusions', () => classification.fusing.service.recover()],
  ['worksheets', () => classification.worksheets.sweep()],
  ['invitations', () => colleagues.invitations.letTimeAct(unit)],
  ['decisions', () => decisions.forgetOld()],
  ['idempotency', () => unit.run(async (tx) => ok(await forgetOldKeys(tx)))],
  // After an upgrade it may have years of the log to count: nobody's notification waits for that.
  ['register', () => register.keeper.letTimeAct(unit)],
];
