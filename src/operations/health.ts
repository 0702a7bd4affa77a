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
  return readinessOf(await Promise.all(parts.map(async (part) => [part.name, await within(part.check())] as const)));
}

type State = Readiness['status'];

/**
 * Several processes behind one port. A request may meet any of them: a part that is not well in one of them is `degraded`,
 * and `down` where no process has it any more.
 */
export function readinessTogether(all: readonly Readiness[], wanted: number): Readiness {
  const names = [...new Set(all.flatMap(({ parts }) => Object.keys(parts)))];
  const whole: State = all.length === 0 ? 'down' : all.length < wanted ? 'degraded' : 'ok';
  return readinessOf([
    ...names.map((name) => [name, shared(all.map(({ parts }) => parts[name] ?? 'ok'))] as const),
    ['workers', whole] as const,
  ]);
}

const shared = (states: readonly State[]): State =>
  states.every((state) => state === states[0]) ? (states[0] ?? 'down') : 'degraded';

function readinessOf(states: readonly (readonly [string, State])[]): Readiness {
  const worst = (['down', 'degraded'] as const).find((bad) => states.some(([, state]) => state === bad));
  return { status: worst ?? 'ok', parts: Object.fromEntries(states) };
}

function within(check: Promise<'ok' | 'degraded' | 'down'>): Promise<'ok' | 'degraded' | 'down'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('down'), WAIT);
    check.then(resolve, () => resolve('down')).finally(() => clearTimeout(timer));
  });
}
