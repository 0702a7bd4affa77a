import type { Notifications } from '../notifications/index.js';
import { faultFields, type Logger, type Metrics } from '../operations/index.js';
import type { UnitOfWork } from '../persistence/index.js';

const EVERY = 5000;

/**
 * Sends mail in rounds of its own, so that a mail server that hangs holds up neither commands nor what time does. Returns
 * how to stop it.
 */
export function mailing(
  unit: UnitOfWork,
  { mail }: Pick<Notifications, 'mail'>,
  metrics: Metrics,
  log: Logger,
): () => Promise<void> {
  let figures = { waiting: 0, failed: 0, oldest: null as number | null, lastError: null as string | null };
  let now = 0;
  let running: Promise<void> | null = null;
  metrics.gauge('tiergate_mails_waiting', 'Mails that wait to be sent', () => figures.waiting);
  metrics.gauge('tiergate_mails_failed', 'Mails that were given up', () => figures.failed);
  metrics.gauge('tiergate_mails_oldest_seconds', 'How long the oldest waiting mail has waited', () =>
    figures.oldest === null ? 0 : Math.max(0, now - figures.oldest) / 1000,
  );
  const round = async (): Promise<void> => {
    await mail.makeDigests(unit);
    await mail.sendDue(unit);
    await mail.forget(unit);
    const before = figures;
    [figures, now] = await unit.read(async (reader) => [await mail.deps.mails.figures(reader), reader.now]);
    if (figures.lastError !== null && figures.lastError !== before.lastError)
      log.warn('mail could not be sent', { detail: figures.lastError, count: figures.waiting });
  };
  const start = (): void => {
    running ??= round()
      .catch((error: unknown) => log.error('mailing failed', faultFields(error)))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(start, EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    mail.deps.office.close();
    await running;
  };
}
