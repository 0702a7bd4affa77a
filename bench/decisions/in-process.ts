import { decide } from '../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../src/decisions/domain/policy.js';
import type { Question } from '../../src/decisions/domain/question.js';
import { inQuick, median } from '../quick.js';
import { type BenchWorld, NOW } from './bench-world.js';

export interface InProcess {
  readonly grants: number;
  readonly loadSeconds: number;
  readonly indexMegabytes: number;
  readonly plane: number;
  readonly plainMap: number;
  readonly permitShare: number;
}

const ROUNDS = inQuick(7, 1);
const ROUND = inQuick(250, 30);

/** Decisions a second, one core: the whole plane against a plain Map with the same checks, interleaved, medians. */
export function measureInProcess(grants: number, bench: BenchWorld, policy: AccessPolicy): InProcess {
  const { world, plain, questions } = bench;
  const plane = (asked: Question): boolean => decide(asked, world, policy, NOW).permit;
  const map = (asked: Question): boolean => {
    const grant = plain.get(`${asked.subjectId}\n${asked.resourceId}`);
    return (
      grant !== undefined &&
      grant.state === 'active' &&
      NOW >= grant.start &&
      NOW < grant.end &&
      grant.purpose === asked.purpose &&
      grant.delivery === asked.action
    );
  };
  const different = questions.filter((asked) => plane(asked) !== map(asked)).length;
  if (different > 0) throw new Error(`${different} answers differ: the run is void`);
  const rates = { plane: [] as number[], map: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.plane.push(rate(questions, plane));
    rates.map.push(rate(questions, map));
  }
  const permitShare = questions.filter(plane).length / questions.length;
  const { loadSeconds, indexMegabytes } = bench;
  return { grants, loadSeconds, indexMegabytes, plane: median(rates.plane), plainMap: median(rates.map), permitShare };
}

function rate(questions: readonly Question[], ask: (asked: Question) => boolean): number {
  const started = performance.now();
  let asked = 0;
  let permits = 0;
  while (performance.now() - started < ROUND) {
    for (const each of questions) if (ask(each)) permits += 1;
    asked += questions.length;
  }
  if (permits === 0) throw new Error('nothing was permitted');
  return asked / ((performance.now() - started) / 1000);
}
