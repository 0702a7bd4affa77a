import { seedCreditCode } from '../../seeds/identifiers.js';
import { type Stream, stream } from '../../seeds/random.js';
import { type Day, startOfDay } from '../../src/kernel/time.js';
import { Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';
import type { Backend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';
import { fillShelf, newBody } from './founding.js';
import { type Broken, type Listed, Resident } from './resident.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const PASSWORD = 'a quiet harbour town';
const DEMO = 'tiergate-demo';

/** Accounts of the demo that rule and look after the city. */
const OFFICIALS = ['approver', 'approver-deputy', 'officer', 'supervisor', 'admin'] as const;
type Official = (typeof OFFICIALS)[number];

/** An enterprise: how often it asks for data, and how well it minds what it owes. */
export interface Enterprise {
  readonly handler: Resident;
  readonly signatory: Resident;
  readonly asksInAYear: number;
  readonly diligence: number;
  /** So long its people look whether something waits: some weeks after they last asked for anything. */
  looksUntil: Day;
}

/** A body that holds data: how often somebody sits at its desk, and what is to be had from it. */
export interface Holder {
  readonly organisation: string;
  /** Also its steward. */
  readonly reviewer: Resident;
  readonly presence: number;
  readonly datasets: readonly Offered[];
}

export interface Offered {
  readonly id: string;
  readonly deliveryKinds: readonly string[];
  readonly items: readonly { readonly name: string }[];
  readonly proofs: readonly string[];
  /** Where the agreement stands; one application asks for one agreement. */
  readonly agreement: string | undefined;
}

export interface Size {
  readonly holders: number;
  readonly enterprises: number;
}

/** Everybody in it, and a clock that only the simulation moves. */
export class City {
  readonly broken: Broken[] = [];
  readonly enterprises: Enterprise[] = [];
  readonly holders: Holder[] = [];
  readonly officials: Readonly<Record<Official, Resident>>;

  private constructor(
    readonly opened: OpenApp,
    readonly address: string,
    readonly clock: TestClock,
    readonly random: Stream,
  ) {
    this.officials = Object.fromEntries(OFFICIALS.map((name) => [name, this.resident(name, DEMO)])) as Record<
      Official,
      Resident
    >;
  }

  /** The seeded demo on the day before the first, with as many holders and enterprises as asked for. */
  static async found(backend: Backend, first: Day, seed: string, size: Size): Promise<City> {
    const clock = new TestClock(startOfDay(first) + 8 * HOUR);
    const opened = await openApp(backend, { seeded: true, clock });
    const city = new City(opened, await opened.listen(), clock, stream(seed));
    await city.settle(size);
    return city;
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  /** The clock at an hour of the day, never backwards. */
  at(day: Day, hour: number): void {
    this.clock.advance(Math.max(0, startOfDay(day) + hour * HOUR - this.clock.now()));
  }

  /** Some minutes pass. */
  pause(): void {
    this.clock.advance(this.random.int(1, 6) * MINUTE);
  }

  private resident(username: string, password = PASSWORD): Resident {
    return new Resident(username, password, this.address, this.clock, this.broken);
  }

  private async settle({ holders, enterprises }: Size): Promise<void> {
    const bodies = await this.officials.admin.listed('/api/organisations?kind=public-body&limit=100');
    for (const body of bodies) if (this.holders.length < holders) await this.seat(body.id);
    for (let n = 0; this.holders.length < holders; n += 1) await this.found(n);
    for (let n = 0; n < enterprises; n += 1) await this.register(n);
  }

  /** Gives a body a desk, if it holds anything on conditions. */
  private async seat(organisation: string): Promise<void> {
    const datasets = await this.offeredBy(organisation);
    if (datasets.length > 0) this.hold(organisation, await this.desk(organisation), datasets);
  }

  private async found(n: number): Promise<void> {
    const organisation = await newBody(this.officials.admin, n);
    const reviewer = await this.desk(organisation);
    await fillShelf(reviewer, this.officials.officer, this.random, n);
    const datasets = await this.offeredBy(organisation);
    if (datasets.length === 0) throw new Error(`body ${n} has nothing on conditions`);
    this.hold(organisation, reviewer, datasets);
  }

  private hold(organisation: string, reviewer: Resident, datasets: readonly Offered[]): void {
    const presence = 0.35 + 0.6 * this.random.next();
    this.holders.push({ organisation, reviewer, presence, datasets });
  }

  private async offeredBy(organisation: string): Promise<Offered[]> {
    const { admin } = this.officials;
    const datasets: Offered[] = [];
    for (const { id } of await admin.listed(`/api/datasets?tier=conditional&publisher=${organisation}&limit=40`))
      datasets.push(offeredOf((await admin.get(`/api/datasets/${id}`)).body));
    return datasets.filter(({ deliveryKinds }) => deliveryKinds.length > 0);
  }

  /** Somebody who reviews for a body and looks after its datasets. */
  private async desk(organisation: string): Promise<Resident> {
    const { admin } = this.officials;
    const username = `desk-${this.holders.length}`;
    const made = fine(await admin.post('/api/people', { username, name: `Desk ${username}`, organisation })).body;
    for (const role of ['reviewer', 'steward'])
      fine(await admin.post('/api/posts', { organisation, role, holder: made.id }));
    const joining = { invitation: made.invitation, password: PASSWORD };
    fine(await Caller.anonymous(this.address).post('/api/auth/invitations', joining));
    return this.resident(username);
  }

  private async register(n: number): Promise<void> {
    const person = (role: string) => ({ username: `${role}-${n}`, name: `${role} ${n}`, password: PASSWORD });
    const submitted = fine(
      await Caller.anonymous(this.address).post('/api/registrations', {
        creditCode: seedCreditCode('91', `simulated ${n}`),
        name: { zh: `模拟企业${n}号`, en: `Simulated enterprise ${n}` },
        authorisation: '兹授权本企业签署人签署数据利用协议。',
        handler: person('handler'),
        signatory: person('signatory'),
      }),
    ).body;
    fine(await this.officials.admin.give(`/api/registrations/${submitted.id}`, 'verify'));
    this.enterprises.push({
      handler: this.resident(`handler-${n}`),
      signatory: this.resident(`signatory-${n}`),
      asksInAYear: this.random.int(1, 9),
      diligence: 0.5 + 0.5 * this.random.next(),
      looksUntil: '',
    });
    this.pause();
  }
}

const offeredOf = ({ id, deliveryKinds, items, conditions, agreement }: Listed): Offered => ({
  id,
  agreement: agreement?.href,
  deliveryKinds,
  items,
  proofs: (conditions as { kind: string; evidenceRequired: boolean }[])
    .filter(({ evidenceRequired }) => evidenceRequired)
    .map(({ kind }) => kind),
});
