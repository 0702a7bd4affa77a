/** One part of the product that readiness asks. */
export interface HealthPart {
  readonly name: string;
  /** `degraded`: open data is still answered; `down`: nothing is. */
  check(): Promise<'ok' | 'degraded' | 'down'>;
}

export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly parts: Readonly<Record<string, 'ok' | 'degraded' | 'down'>>;
}

const WAIT = 2000;

/** Asks every part, each for two seconds at most; a part that does not answer is down. */
export async function readiness(parts: readonly HealthPart[]): Promise<Readiness> {
  const states = await Promise.all(parts.map(async (part) => [part.name, await within(part.check())] as const));
  const worst = states.some(([, state]) => state === 'down')
    ? 'down'
    : states.some(([, state]) => state === 'degraded')
      ? 'degraded'
      : 'ok';
  return { status: worst, parts: Object.fromEntries(states) };
}

function within(check: Promise<'ok' | 'degraded' | 'down'>): Promise<'ok' | 'degraded' | 'down'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('down'), WAIT);
    check.then(resolve, () => resolve('down')).finally(() => clearTimeout(timer));
  });
}
