import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inQuick, median, quick } from '../quick.js';
import type { Ready, Turn } from './alone.js';
import { contestants, OWN } from './contestants/index.js';

/** How one contestant stood so many grants. */
export interface Figure {
  readonly name: string;
  readonly grants: number;
  readonly decisionsPerSecond: number;
  /** How many of its answers were held against the plain Map's: all, or as many as it gave in a second. */
  readonly compared: number;
}

const ROUNDS = inQuick(5, 1);
const PROGRAM = fileURLToPath(new URL('./alone.js', import.meta.url));

/** A contestant in its process. */
class Alone {
  readonly rates: number[] = [];
  answers = '';

  private constructor(
    readonly name: string,
    readonly ready: Ready,
    private readonly child: ChildProcess,
  ) {}

  static async start(name: string, grants: number): Promise<Alone> {
    const child = fork(PROGRAM, [name, String(grants), ...(quick ? ['--quick'] : [])]);
    return new Alone(name, await reply<Ready>(name, child), child);
  }

  turn<Told>(turn: Turn): Promise<Told> {
    this.child.send(turn);
    return reply<Told>(this.name, this.child);
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.send('end' satisfies Turn);
    await exit;
  }
}

const reply = <Told>(name: string, child: ChildProcess): Promise<Told> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`${name} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (told) => {
      child.off('exit', ended);
      resolve(told as Told);
    });
  });

/**
 * Decisions a second of a core: all are asked the same, answer the same, and take turns; medians of the rounds. A first
 * round is not counted: what is compiled in it would count against whoever comes first.
 */
export async function contest(grants: number): Promise<{ readonly figures: readonly Figure[]; readonly own: Ready }> {
  const asked: Alone[] = [];
  try {
    for (const { name, stands } of contestants())
      if (stands === undefined || grants <= stands.most) asked.push(await Alone.start(name, grants));
    for (const one of asked) one.answers = await one.turn<string>('answers');
    const compared = asked.map((one) => agreeing(asked[0] as Alone, one));
    for (const one of asked) await one.turn('round');
    for (let round = 0; round < ROUNDS; round++)
      for (const one of asked) one.rates.push(await one.turn<number>('round'));
    const figures = asked.map(({ name, rates }, at) => {
      const decisionsPerSecond = median(rates);
      return { name, grants, decisionsPerSecond, compared: compared[at] as number };
    });
    return { figures, own: (asked.find(({ name }) => name === OWN) as Alone).ready };
  } finally {
    for (const one of asked) await one.end();
  }
}

/** How many answers were compared. Throws where one is another than the first contestant's: that run is void. */
function agreeing(first: Alone, { name, answers }: Alone): number {
  const compared = Math.min(first.answers.length, answers.length);
  if (first.answers.slice(0, compared) !== answers.slice(0, compared))
    throw new Error(`${name} answers otherwise: the run is void`);
  return compared;
}
