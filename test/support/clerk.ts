import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { schema } from '../../ormconfig.js';
import { openForReading } from '../../src/persistence/index.js';

interface Write {
  readonly key: string;
  readonly name: string;
}

/**
 * Somebody who adds organisations as fast as answers come, and knows which writes were acknowledged and of which the
 * outcome is unknown. An acknowledged one must be there for ever; an unknown one, repeated with its key, once.
 */
export class Clerk {
  readonly acknowledged = new Set<string>();
  private readonly unknown: Write[] = [];
  private resting = false;
  private working: Promise<void>[] = [];
  private lastFailure = '';

  private constructor(
    private address: string,
    private readonly token: string,
  ) {}

  static async signIn(address: string): Promise<Clerk> {
    const answer = await fetch(`${address}/api/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grantType: 'password', username: 'admin', password: 'tiergate-demo' }),
    });
    return new Clerk(address, ((await answer.json()) as { access_token: string }).access_token);
  }

  begin(hands: number, address = this.address): void {
    this.address = address;
    this.resting = false;
    this.working = Array.from({ length: hands }, () => this.work());
  }

  async rest(): Promise<void> {
    this.resting = true;
    await Promise.all(this.working);
  }

  /** Repeats what has an unknown outcome, until every write is acknowledged. */
  async settle(address = this.address): Promise<number> {
    this.address = address;
    const open = this.unknown.splice(0);
    for (const write of open) await this.add(write);
    if (this.unknown.length > 0)
      throw new Error(`${this.unknown.length} of ${open.length} could not be settled: ${this.lastFailure}`);
    return open.length;
  }

  private async work(): Promise<void> {
    while (!this.resting) {
      const before = this.unknown.length;
      const name = randomUUID();
      await this.add({ key: name, name });
      if (this.unknown.length > before) await sleep(20);
    }
  }

  private async add(write: Write): Promise<void> {
    try {
      const answer = await fetch(`${this.address}/api/organisations`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.token}`,
          'content-type': 'application/json',
          'idempotency-key': write.key,
        },
        body: JSON.stringify({ name: { zh: write.name }, kind: 'public-body' }),
      });
      const text = await answer.text();
      if (answer.status === 201) this.acknowledged.add(write.name);
      else throw new Error(`${answer.status} ${text}`);
    } catch (error) {
      this.lastFailure = String(error);
      this.unknown.push(write);
    }
  }
}

/** The names of organisations in a database, each as often as it is there. */
export async function namesIn(databaseUrl: string): Promise<string[]> {
  const database = await openForReading(databaseUrl, schema);
  try {
    const rows: { name: string }[] = await database.read((manager) => manager.query('SELECT name FROM organisations'));
    return rows.map(({ name }) => (JSON.parse(name) as { zh: string }).zh);
  } finally {
    await database.close();
  }
}

/** Every write that was acknowledged is there exactly once; gives how many. */
export async function expectAllKept(clerk: Clerk, databaseUrl: string): Promise<number> {
  const counts = new Map<string, number>();
  for (const name of await namesIn(databaseUrl)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const lost = [...clerk.acknowledged].filter((name) => !counts.has(name));
  const twice = [...clerk.acknowledged].filter((name) => (counts.get(name) ?? 0) > 1);
  if (lost.length > 0 || twice.length > 0)
    throw new Error(
      `of ${clerk.acknowledged.size} acknowledged writes ${lost.length} are lost, ${twice.length} doubled`,
    );
  return clerk.acknowledged.size;
}
