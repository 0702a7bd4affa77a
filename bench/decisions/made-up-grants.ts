import { monotonicFactory } from 'ulid';
import { create } from '../../src/grants/domain/decide.js';
import { evolve } from '../../src/grants/domain/evolve.js';
import type { Approval } from '../../src/grants/domain/grant.js';
import { DatabaseGrantStore } from '../../src/grants/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import type { UnitOfWork } from '../../src/persistence/index.js';

/** Writes grants as approvals leave them, of these organisations on these datasets in turn, some to a transaction. */
export class MadeUpGrants {
  private readonly store = new DatabaseGrantStore();
  private readonly next = monotonicFactory();
  private made = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly organisations: readonly string[],
    private readonly datasets: readonly string[],
  ) {}

  async put(count: number): Promise<void> {
    const written = await this.unit.run(async (tx) => {
      const grants = Array.from({ length: count }, (_, n) =>
        evolve(null, create(this.next(), this.approval(this.made + n), tx.now)),
      );
      await this.store.insert(tx, grants);
      tx.append({ event: 'grant.created', subject: { kind: 'grant', id: this.next() }, actor: SYSTEM, data: {} });
      return ok(undefined);
    });
    if (!written.ok) throw new Error(written.error.code);
    this.made += count;
  }

  private approval(n: number) {
    const { organisations, datasets } = this;
    return approvalOf({
      application: this.next(),
      number: `TG-2026-${n}`,
      organisation: organisations[n % organisations.length] as string,
      holder: organisations[0] as string,
      dataset: datasets[Math.floor(n / organisations.length) % datasets.length] as string,
    });
  }
}

/** An approval as it comes of most applications, of whom and what is named. */
export const approvalOf = (
  named: Pick<Approval, 'application' | 'number' | 'organisation' | 'holder' | 'dataset'>,
) => ({
  ...named,
  items: [],
  purpose: 'research' as const,
  scenario: 'Travel-time model for logistics planning in the city',
  delivery: 'download' as const,
  period: { from: '2026-12-01', to: '2027-06-30' },
  members: [],
  quota: null,
  conditions: [],
});
