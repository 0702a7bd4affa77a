import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide } from '../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../src/decisions/domain/policy.js';
import { World } from '../../src/decisions/domain/world.js';
import { IndexFile } from '../../src/decisions/index.js';
import { type BenchWorld, NOW } from './bench-world.js';

/** What a graceful stop and the next start spend on an index that is kept beside the database. */
export interface TakenUp {
  readonly grants: number;
  readonly megabytes: number;
  /** Packed, sealed and written, after the database was closed. */
  readonly putAwaySeconds: number;
  /** Read, its seal checked, and taken up, in place of reading and proving every row. */
  readonly takenUpSeconds: number;
}

export function measureTakenUp({ world, questions }: BenchWorld, policy: AccessPolicy): TakenUp {
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-bench-'));
  try {
    const path = join(folder, 'index');
    const file = new IndexFile(path, 'a secret of this bench', 'bench');
    const putAwaySeconds = seconds(() =>
      file.write('a database', { revision: world.revision, agreements: [], world: world.pack() }),
    );
    const again = new World();
    const takenUpSeconds = seconds(() => {
      const kept = file.read('a database');
      if (kept === null) throw new Error('what was just kept is not believed');
      again.take(kept.world);
      again.revision = kept.revision;
    });
    again.confirmedAt = world.confirmedAt;
    for (const question of questions) {
      const [before, after] = [decide(question, world, policy, NOW), decide(question, again, policy, NOW)];
      if (before.permit !== after.permit || before.row !== after.row) throw new Error('another answer than before');
    }
    return { grants: world.grants.size, megabytes: statSync(path).size / 2 ** 20, putAwaySeconds, takenUpSeconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function seconds(work: () => void): number {
  globalThis.gc?.();
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
