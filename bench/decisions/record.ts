import type { AccessCore } from '../../src/decisions/access/core.js';
import type { AccessPolicy } from '../../src/decisions/domain/policy.js';
import { inQuick, median } from '../quick.js';
import { benchCore, PORTAL, unwrittenBook } from './bench-core.js';
import { type BenchWorld, NOW } from './bench-world.js';

const ROUNDS = inQuick(7, 1);

export interface RecordCost {
  /** Microseconds of one decision, named and not recorded, and recorded. */
  readonly without: number;
  readonly recorded: number;
  readonly searched: { readonly results: number; readonly milliseconds: number };
}

/** What recording adds to a decision, rounds in turn, medians; and one whole search of a subject's datasets. */
export async function measureRecord({ world, questions }: BenchWorld, policy: AccessPolicy): Promise<RecordCost> {
  const book = unwrittenBook(world);
  const none = benchCore(world, policy, { take: () => undefined });
  const kept = benchCore(world, policy, book);
  const times = { without: [] as number[], recorded: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.without.push(perDecision(none, questions));
    times.recorded.push(perDecision(kept, questions));
    await book.flush();
  }
  const searched = await search(none, questions[0]?.subjectId ?? '');
  return { without: median(times.without), recorded: median(times.recorded), searched };
}

function perDecision(core: AccessCore, questions: BenchWorld['questions']): number {
  const started = performance.now();
  for (const question of questions) core.judge.judge(PORTAL, question, NOW);
  return ((performance.now() - started) * 1000) / questions.length;
}

async function search(core: AccessCore, id: string): Promise<RecordCost['searched']> {
  const body = {
    subject: { type: 'organisation', id },
    action: { name: 'download' },
    resource: { type: 'dataset' },
    page: { limit: 1000 },
  };
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  const request = { method: 'POST', path: '/access/v1/search/resource', query: '', headers };
  const started = performance.now();
  const answer = await core.handle({ ...request, body: Buffer.from(JSON.stringify(body)) });
  const milliseconds = performance.now() - started;
  return { results: JSON.parse(answer.body.toString()).results.length, milliseconds };
}
