import type { Answer } from '../../test/support/caller.js';

/** What one kind of request took, in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** One after the other, so often, after a few that are not counted. */
export async function latencies(times: number, work: (n: number) => Promise<unknown>): Promise<Latencies> {
  for (let n = 0; n < Math.min(20, times); n += 1) await work(n);
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) took.push(await timed(() => work(n)));
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

export interface Throughput {
  readonly perSecond: number;
  readonly p99: number;
  /** Answers of the server that it could not serve: there must be none. */
  readonly unserved: number;
  /** Answers that were neither success nor the server's failure. */
  readonly refused: number;
}

/** So many clients for so long, each sending its next command when the last one was answered. */
export async function throughput(
  clients: number,
  milliseconds: number,
  work: (client: number, n: number) => Promise<Answer>,
): Promise<Throughput> {
  const took: number[] = [];
  let [unserved, refused] = [0, 0];
  const began = performance.now();
  const client = async (of: number): Promise<void> => {
    for (let n = 0; performance.now() - began < milliseconds; n += 1) {
      const from = performance.now();
      const { status } = await work(of, n);
      took.push(performance.now() - from);
      if (status >= 500) unserved += 1;
      else if (status >= 300) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, of) => client(of)));
  const perSecond = (took.length / (performance.now() - began)) * 1000;
  const p99 = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? NaN;
  return { perSecond, p99, unserved, refused };
}
