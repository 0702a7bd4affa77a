import type { Question } from '../../src/decisions/domain/question.js';
import { inQuick } from '../quick.js';
import { buildWorld } from './bench-world.js';
import type { Ask } from './contestants/contestant.js';
import { contestants } from './contestants/index.js';

/**
 * One contestant in a process of its own, told by `in-process.ts` when its turn is: `alone.js <name> <grants>`. What a
 * process collects of its garbage it pays for itself: with all of them in one, a million rules of one made each answer of
 * every other six times as dear.
 */
export type Turn = 'answers' | 'round' | 'end';
export interface Ready {
  readonly loadSeconds: number;
  readonly indexMegabytes: number;
}

/** Milliseconds of the processor: others may use the machine as well. What a database uses is not counted. */
const ROUND = inQuick(150, 30);
/** How long a contestant may take to show that its answers are right. */
const TRIAL = inQuick(1000, 200);
const AT_LEAST = 20;
/** Among so many questions, half of them about a grant, some are permitted. */
const SURELY = 1000;
/** Questions that wait for their answers at a time. */
const AT_A_TIME = 200;

async function main(name: string, grants: number): Promise<void> {
  const contestant = contestants().find((one) => one.name === name);
  if (contestant === undefined) throw new Error(`nobody is called ${name}`);
  const bench = buildWorld(grants);
  const { ask, end } = await contestant.prepare(bench);
  const take = async (turn: Turn): Promise<void> => {
    if (turn === 'answers') return tell(await answers(ask, bench.questions));
    if (turn === 'round') return tell(await rate(ask, bench.questions));
    await end?.();
    process.disconnect();
  };
  process.on('message', (turn: Turn) => void take(turn).catch(fail));
  const { loadSeconds, indexMegabytes } = bench;
  tell({ loadSeconds, indexMegabytes } satisfies Ready);
}

const tell = (what: Ready | string | number): void => void process.send?.(what);

/** Nobody waits for the next turn of one that failed. */
function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

/** A sign for each answer: to all questions, or as many as it gives in its time. */
async function answers(ask: Ask, questions: readonly Question[]): Promise<string> {
  const until = performance.now() + TRIAL;
  const atATime = 'one' in ask ? AT_LEAST : AT_A_TIME;
  let given = '';
  while (given.length < questions.length && (given.length < AT_LEAST || performance.now() < until)) {
    const part = questions.slice(given.length, given.length + atATime);
    const told = 'one' in ask ? part.map(ask.one) : await ask.many(part);
    given += told.map((permit) => (permit ? '+' : '-')).join('');
  }
  return given;
}

/** Decisions a second. */
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
  if (permitted === 0 && asked > SURELY) throw new Error('nothing was permitted');
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

main(process.argv[2] ?? '', Number(process.argv[3])).catch(fail);
