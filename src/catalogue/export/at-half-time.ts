import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Gives on each part after a rest as long as it took to put together: an export takes half a core at most, so that
 * questions for access have the other half however often the catalogue is fetched.
 */
export async function* atHalfTime<T>(
  parts: AsyncIterable<T>,
  now: () => number = () => performance.now(),
  rest: (milliseconds: number) => Promise<unknown> = (milliseconds) => sleep(milliseconds),
): AsyncGenerator<T> {
  let began = now();
  for await (const part of parts) {
    await rest(now() - began);
    yield part;
    began = now();
  }
}
