import type { Decisions } from '../decisions/index.js';
import type { Metrics } from '../operations/index.js';

/** What an operator watches of the decision plane: who is let through, and whether the record keeps up. */
export function countDecisions(metrics: Metrics, { book }: Decisions): void {
  metrics.counts('tiergate_decisions_total', 'Access decisions, by tier and outcome', ['tier', 'decision'], () =>
    book.taken().map(({ tier, permit, count }) => ({ labels: { tier, decision: permit ? 'permit' : 'deny' }, count })),
  );
  metrics.counts(
    'tiergate_decision_records_lost_total',
    'Records of decisions the database had no room for',
    [],
    () => [{ labels: {}, count: book.lost }],
  );
  metrics.gauge('tiergate_decision_records_waiting', 'Records of decisions not yet written', () => book.backlog, 'sum');
}
