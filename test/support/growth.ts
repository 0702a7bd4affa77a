/** Processor time under which growth cannot be told from noise, in milliseconds. */
const NOISE = 100;
/** Four times the text costs four times the work where an expression is linear, and sixteen times where it is not. */
const RUNAWAY = 7;
const LOOKS = 3;

/** Work on a text made of a part, as long as asked. */
export type OnLength = (length: number) => unknown;

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before).user / 1000;
}

/** The least of some looks: other threads of the process, and other processes, only ever add. */
async function leastCpuOf(work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) least = Math.min(least, await cpuOf(work));
  return least;
}

/**
 * Whether work grows faster than the text it is done on, by processor time at a quarter and at the whole of a length:
 * a bound that holds on a slow machine as on a quick one. Work too small to be told from noise does not.
 */
export async function runsAway(work: OnLength, length: number): Promise<boolean> {
  if ((await cpuOf(() => work(length))) < NOISE) return false;
  const whole = await leastCpuOf(() => work(length));
  if (whole < NOISE) return false;
  return whole > RUNAWAY * (await leastCpuOf(() => work(length / 4)));
}
