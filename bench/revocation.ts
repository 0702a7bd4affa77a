import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from '../test/support/caller.js';
import { isAvailable, mariaDb, type TestDatabase } from '../test/support/databases.js';
import { Place, PRODUCTION, RunningProduct } from '../test/support/product.js';
import { Raw } from '../test/support/raw.js';
import { openApp } from '../test/support/server.js';
import { inQuick, quantile } from './quick.js';

/**
 * How long data is still served after a grant was suspended: from the answer to the command to the last permit, on the
 * instance that wrote it and on the other one, while both are asked as fast as they answer; and behind one port.
 */
const ROUNDS = inQuick(50, 3);
const ASKERS = 4;
const SEALED = { TIERGATE_SECRET: PRODUCTION.TIERGATE_SECRET, TIERGATE_PUBLIC_URL: 'http://127.0.0.1' };

interface Grant {
  readonly id: string;
  readonly organisation: string;
  readonly dataset: string;
  readonly purpose: string;
}
interface Said {
  readonly begun: number;
  readonly ended: number;
  readonly permit: boolean;
}

/** Asks one address without a pause, on a connection of its own, and keeps what each process said. */
class Asker {
  private readonly raw: Raw;
  private going = true;
  private readonly done: Promise<void>;
  answers = 0;
  /** By the part of an evaluation's id that names the process. */
  private said = new Map<string, Said[]>();

  constructor(address: string, token: string, grant: Grant) {
    this.raw = new Raw(address);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const question = JSON.stringify({
      subject: { type: 'organisation', id: grant.organisation },
      resource: { type: 'dataset', id: grant.dataset },
      action: { name: 'download' },
      context: { purpose: grant.purpose },
    });
    this.done = this.ask(headers, question);
  }

  private async ask(headers: Record<string, string>, question: string): Promise<void> {
    while (this.going) {
      const begun = performance.now();
      const { status, text } = await this.raw.send('POST', '/access/v1/evaluation', headers, question);
      if (status !== 200) throw new Error(`${status} ${text}`);
      const { decision, context } = JSON.parse(text) as { decision: boolean; context: { evaluationId: string } };
      const process = context.evaluationId.slice(10, 18);
      const before = this.said.get(process) ?? [];
      before.push({ begun, ended: performance.now(), permit: decision });
      this.said.set(process, before);
      this.answers += 1;
    }
  }

  take(): ReadonlyMap<string, readonly Said[]> {
    const { said } = this;
    this.said = new Map();
    return said;
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.done;
    this.raw.close();
  }
}

interface Round {
  readonly sent: number;
  readonly acknowledged: number;
  /** In order of their ends, by process. */
  readonly said: ReadonlyMap<string, readonly Said[]>;
}

async function command(supervisor: Caller, { id }: Grant, name: 'suspend' | 'resume'): Promise<void> {
  const answer = await supervisor.command(`/api/grants/${id}`, name, { reason: 'Measured' });
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
}

async function roundOf(supervisor: Caller, grant: Grant, askers: readonly Asker[]): Promise<Round> {
  for (const asker of askers) asker.take();
  const sent = performance.now();
  await command(supervisor, grant, 'suspend');
  const acknowledged = performance.now();
  await sleep(400);
  const said = new Map<string, Said[]>();
  for (const asker of askers)
    for (const [process, those] of asker.take()) said.set(process, [...(said.get(process) ?? []), ...those]);
  for (const those of said.values()) those.sort((a, b) => a.ended - b.ended);
  await command(supervisor, grant, 'resume');
  await sleep(250);
  return { sent, acknowledged, said };
}

/** Milliseconds from the answer to the command to the last permit of a process; 0 where none came after it. */
const late = ({ acknowledged }: Round, said: readonly Said[]): number =>
  Math.max(0, (said.findLast(({ permit }) => permit)?.ended ?? 0) - acknowledged);
/** Permits to questions put after the answer to the command. */
const after = ({ acknowledged }: Round, said: readonly Said[]): number =>
  said.filter(({ begun, permit }) => permit && begun > acknowledged).length;
/** Permits to questions put after this process had denied. */
function wavers(said: readonly Said[]): number {
  const denied = said.find(({ permit }) => !permit)?.ended ?? Number.POSITIVE_INFINITY;
  return said.filter(({ begun, permit }) => permit && begun > denied).length;
}

const milliseconds = (values: readonly number[], share: number): string => (quantile(values, share) || 0).toFixed(0);

function print(what: string, rounds: readonly Round[], of: (process: string) => boolean, rate: number): void {
  const those = rounds.flatMap((round) =>
    [...round.said].filter(([process]) => of(process)).map(([, said]) => ({ round, said })),
  );
  const times = those.map(({ round, said }) => late(round, said));
  const permits = those.reduce((sum, { round, said }) => sum + after(round, said), 0);
  const wavered = those.reduce((sum, { said }) => sum + wavers(said), 0);
  const cells = [
    milliseconds(times, 0.5),
    milliseconds(times, 0.99),
    milliseconds(times, 1),
    permits,
    wavered,
    rate.toFixed(0),
  ];
  console.log(`| ${what} | ${those.length} | ${cells.join(' | ')} |`);
}

/** The demo on a database of its own, and a grant of it that is served. */
async function seeded(database: TestDatabase): Promise<Grant> {
  const opened = await openApp(mariaDb, { seeded: true, database, environment: SEALED });
  const rows = (await opened.app.unit.read((reader) =>
    reader.manager.query(
      "SELECT id, organisation, dataset, purpose FROM grants WHERE state = 'active' AND delivery = 'download' ORDER BY id",
    ),
  )) as Grant[];
  const portal = await Caller.portal(await opened.listen());
  for (const grant of rows) {
    const { body } = await portal.post('/access/v1/evaluation', {
      subject: { type: 'organisation', id: grant.organisation },
      resource: { type: 'dataset', id: grant.dataset },
      action: { name: 'download' },
      context: { purpose: grant.purpose },
    });
    if (!body.decision) continue;
    await opened.close();
    return grant;
  }
  throw new Error('no grant of the demo is served');
}

async function measure(
  addresses: readonly string[],
  grant: Grant,
): Promise<{ rounds: Round[]; writer: string; rate: number }> {
  const [first = ''] = addresses;
  const { token = '' } = await Caller.portal(first);
  const supervisor = await Caller.person(first, 'supervisor');
  const alone = new Asker(first, token, grant);
  await sleep(100);
  await alone.stop();
  const [writer = ''] = alone.take().keys();
  const askers = addresses.flatMap((address) =>
    Array.from({ length: (2 * ASKERS) / addresses.length }, () => new Asker(address, token, grant)),
  );
  await sleep(inQuick(2000, 200));
  const began = performance.now();
  const before = askers.reduce((sum, { answers }) => sum + answers, 0);
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push(await roundOf(supervisor, grant, askers));
  const answers = askers.reduce((sum, one) => sum + one.answers, 0) - before;
  const rate = answers / ((performance.now() - began) / 1000);
  await Promise.all(askers.map((asker) => asker.stop()));
  return { rounds, writer, rate };
}

async function main(): Promise<void> {
  if (!isAvailable(mariaDb)) return console.log('without MariaDB there is one process and nothing to follow');
  const database = await mariaDb.fresh();
  const grant = await seeded(database);
  const place = new Place(database.url);
  Object.assign(place.environment, SEALED);
  console.log('| asked | suspensions | median ms | p99 ms | longest ms | permitted after | wavered | answers/s |');
  console.log('|---|---|---|---|---|---|---|---|');
  const two = [await RunningProduct.start(place), await RunningProduct.start(place)];
  const { rounds, writer, rate } = await measure(
    two.map(({ address }) => address),
    grant,
  );
  print('the instance that wrote it', rounds, (process) => process === writer, rate);
  print('the other instance', rounds, (process) => process !== writer, rate);
  for (const one of two) await one.stop();
  place.environment['TIERGATE_WORKERS'] = '2';
  const workers = await RunningProduct.start(place);
  await workers.until('/health/ready');
  await sleep(inQuick(10_000, 5000));
  const behind = await measure([workers.address], grant);
  print('two workers behind one port, both', behind.rounds, () => true, behind.rate);
  await workers.stop();
  place.remove();
  await database.dispose();
}

await main();
