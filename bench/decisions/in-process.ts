import type { Question } from '../../src/decisions/domain/question.js';
import { inQuick, median } from '../quick.js';
import type { BenchWorld } from './bench-world.js';
import type { Ask, Contestant, Prepared } from './contestants/contestant.js';
import { contestants } from './contestants/index.js';

/** How one contestant stood so many grants. */
export interface Figure {
  readonly name: string;
  readonly grants: number;
  readonly decisionsPerSecond: number;
  /** How many of its answers were held against the plain Map's: all, or as many as it gave in a second. */
  readonly compared: number;
}

const ROUNDS = inQuick(5, 1);
/** Milliseconds of the processor: others may use the machine as well. What a database uses is not counted. */
const ROUND = inQuick(150, 30);
/** How long a contestant may take to show that its answers are right. */
const TRIAL = inQuick(1000, 200);
const AT_LEAST = 20;
/** Questions that wait for their answers at a time. */
const AT_A_TIME = 200;

interface Ready extends Prepared {
  readonly name: string;
  readonly compared: number;
  readonly rates: number[];
}

/**
 * Decisions a second of a core: all are asked the same, answer the same, and take turns; medians of the rounds. A first
 * round is not counted: what is compiled in it would count against whoever comes first.
 */
export async function contest(bench: BenchWorld): Promise<Figure[]> {
  const grants = bench.grants.length;
  const [map, ...others] = contestants();
  const ready: Ready[] = [];
  try {
    for (const one of [map, ...others.filter(({ stands }) => stands === undefined || grants <= stands.most)])
      ready.push(await prepare(one, bench, ready[0]));
    for (const { ask } of ready) await rate(ask, bench.questions);
    for (let round = 0; round < ROUNDS; round++)
      for (const { ask, rates } of ready) {
        // Nobody pays for what the one before left behind.
        globalThis.gc?.();
        rates.push(await rate(ask, bench.questions));
      }
  } finally {
    for (const { end } of ready) await end?.();
  }
  if (permitted === 0) throw new Error('nothing was permitted');
  return ready.map(({ name, compared, rates }) => ({ name, grants, decisionsPerSecond: median(rates), compared }));
}

/** The first one is the reference of those that follow. */
async function prepare(contestant: Contestant, bench: BenchWorld, reference: Prepared | undefined): Promise<Ready> {
  const prepared = await contestant.prepare(bench);
  const { name } = contestant;
  const compared = await agree(name, prepared.ask, (reference ?? prepared).ask, bench.questions);
  return { ...prepared, name, compared, rates: [] };
}

/** Throws where an answer is another one than the reference's: that run is void. */
async function agree(name: string, ask: Ask, reference: Ask, questions: readonly Question[]): Promise<number> {
  const until = performance.now() + TRIAL;
  const atATime = 'one' in ask ? AT_LEAST : AT_A_TIME;
  let compared = 0;
  while (compared < questions.length && (compared < AT_LEAST || performance.now() < until)) {
    const part = questions.slice(compared, compared + atATime);
    const expected = await answers(reference, part);
    const different = (await answers(ask, part)).filter((answer, at) => answer !== expected[at]).length;
    if (different > 0) throw new Error(`${name}: ${different} answers differ: the run is void`);
    compared += part.length;
  }
  return compared;
}

const answers = (ask: Ask, questions: readonly Question[]): Promise<boolean[]> =>
  'one' in ask ? Promise.resolve(questions.map(ask.one)) : ask.many(questions);

const rate = (ask: Ask, questions: readonly Question[]): Promise<number> =>
  'one' in ask ? Promise.resolve(rateOfOne(ask.one, questions)) : rateOfMany(ask.many, questions);

/** What nobody looks at need not be worked out: without this the optimiser left the plain Map nearly nothing to do. */
let permitted = 0;

function rateOfOne(one: (asked: Question) => boolean, questions: readonly Question[]): number {
  const used = cpuTime();
  let asked = 0;
  let took = 0;
  for (let next = 1; took < ROUND; next = someMilliseconds(asked, took)) {
    for (const end = asked + next; asked < end; asked++)
      if (one(questions[asked % questions.length] as Question)) permitted += 1;
    took = cpuTime() - used;
  }
  return asked / (took / 1000);
}

/** How many questions take some milliseconds: the clock is not what is measured. */
const someMilliseconds = (asked: number, took: number): number =>
  Math.min(8192, Math.max(1, Math.floor((asked / Math.max(took, 0.01)) * 5)));

async function rateOfMany(
  many: (asked: readonly Question[]) => Promise<boolean[]>,
  questions: readonly Question[],
): Promise<number> {
  const used = cpuTime();
  let asked = 0;
  let took = 0;
  for (; took < ROUND; took = cpuTime() - used) {
    const from = asked % questions.length;
    asked += (await many(questions.slice(from, from + AT_A_TIME))).length;
  }
  return asked / (took / 1000);
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
