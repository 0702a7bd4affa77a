import { expect } from 'chai';
import { type Answer, Caller } from './caller.js';
import { type Person, PERSONS } from './cases.js';
import type { Backend } from './databases.js';
import { type OpenApp, type OpenOptions, openApp } from './server.js';

export type Account = Person;
export const ACCOUNTS: readonly Account[] = PERSONS;

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

/** A day in Asia/Shanghai, so many days from today. */
export const day = (later = 0): string =>
  new Date(Date.now() + 8 * 3_600_000 + later * 86_400_000).toISOString().slice(0, 10);

export const PURPOSE = { category: 'research', scenario: 'Travel-time model for logistics planning in the city' };

export const done = (answer: Answer, status?: number): Answer => {
  if (status === undefined ? answer.status >= 300 : answer.status !== status)
    throw new Error(`${answer.status} ${answer.text.slice(0, 500)}`);
  return answer;
};

/** A refusal with this status and code, as a problem document. */
export function refused(answer: Answer, status: number, code: string): Answer {
  expect([answer.status, answer.body?.code], answer.text.slice(0, 500)).to.deep.equal([status, code]);
  expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
  return answer;
}

/** The seeded product as a stranger meets it: an address, the demo's accounts, and HTTP. */
export class Town {
  private readonly signedIn = new Map<string, Promise<Caller>>();
  private asking: string | undefined;
  private readonly shelves = new Map<string, Body[]>();

  private constructor(
    private readonly opened: OpenApp,
    readonly address: string,
  ) {}

  static async open(backend: Backend, options: OpenOptions = {}): Promise<Town> {
    const opened = await openApp(backend, { seeded: true, ...options });
    return new Town(opened, await opened.listen());
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  /** The product behind the address, for what only its operator can do. */
  get app(): OpenApp['app'] {
    return this.opened.app;
  }

  /** Where the files of the example portal lie. */
  get files(): string {
    return this.opened.files;
  }

  /** Everybody signs in anew from here on. */
  signOut(): void {
    this.signedIn.clear();
  }

  /** Lets what is counted of cases catch up with the log. */
  counted(): Promise<void> {
    const { slices, unit } = this.opened.app;
    return slices.register.keeper.letTimeAct(unit);
  }

  get anonymous(): Caller {
    return Caller.anonymous(this.address);
  }

  as(account: Account): Promise<Caller> {
    return this.once(account, () => Caller.person(this.address, account));
  }

  portal(): Promise<Caller> {
    return this.once('portal', () => Caller.portal(this.address));
  }

  async me(account: Account): Promise<Body> {
    return (await (await this.as(account)).get('/api/me')).body;
  }

  /** A conditional dataset with download that asks for no evidence: one after the other, then from the beginning. */
  async plain(body: 'transport' | 'health' = 'transport'): Promise<Body> {
    const shelf = this.shelves.get(body) ?? (await this.plainOf(body));
    this.shelves.set(body, shelf);
    const next = shelf.shift();
    if (next === undefined) throw new Error(`no plain dataset of ${body}`);
    shelf.push(next);
    return next;
  }

  async plainOf(body: 'transport' | 'health'): Promise<Body[]> {
    const handler = await this.as('enterprise-a-handler');
    const { organisation } = await this.me(`reviewer-${body}`);
    const rows = (await handler.get(`/api/datasets?tier=conditional&publisher=${organisation.id}&limit=100`)).body;
    const found: Body[] = [];
    for (const { id } of rows.items) {
      const { body: one } = await handler.get(`/api/datasets/${id}`);
      const plain = one.conditions.every(({ evidenceRequired }: Body) => !evidenceRequired);
      if (plain && one.deliveryKinds.includes('download')) found.push(one);
    }
    return found;
  }

  /** A draft of enterprise A, or of who is named; gives its path. */
  async draft(datasets: readonly Body[], more: object = {}, by: Account = 'enterprise-a-handler') {
    const created = done(await this.create(datasets, more, by), 201);
    return `/api/applications/${created.body.id}`;
  }

  async create(datasets: readonly Body[], more: object = {}, by: Account = 'enterprise-a-handler') {
    const body = {
      datasets: datasets.map((one) => (typeof one === 'string' ? { dataset: one } : { dataset: one.id })),
      purpose: PURPOSE,
      delivery: 'download',
      period: { from: day(), to: day(200) },
      securityPlan: 'Encrypted at rest, two named persons, deletion at the end.',
      ...more,
    };
    return (await this.as(by)).post('/api/applications', body, { 'idempotency-key': crypto.randomUUID() });
  }

  async give(by: Account, path: string, command: string, body: object = {}): Promise<Answer> {
    return (await this.as(by)).command(path, command, body);
  }

  async submitted(datasets: readonly Body[], more: object = {}, by: Account = 'enterprise-a-handler') {
    const path = await this.draft(datasets, more, by);
    done(await this.give(by, path, 'submit'));
    return path;
  }

  /** Through the holder's stage. */
  async advised(datasets: readonly Body[], more: object = {}, by: Account = 'enterprise-a-handler') {
    const path = await this.submitted(datasets, more, by);
    const { publisher } = (await this.anonymous.get(`/api/datasets/${datasets[0].id ?? datasets[0]}`)).body;
    const transport = (await this.me('reviewer-transport')).organisation.id === publisher.id;
    const reviewer = transport ? 'reviewer-transport' : 'reviewer-health';
    done(await this.give(reviewer, path, 'accept'));
    done(await this.give(reviewer, path, 'claim'));
    done(
      await this.give(reviewer, path, 'advise', { recommendation: 'approve', remark: 'Purpose and safeguards fit.' }),
    );
    return path;
  }

  async sign(path: string, by: Account = 'enterprise-a-signatory'): Promise<Answer> {
    const { agreement } = (await (await this.as(by)).get(path)).body;
    return this.give(by, path, 'accept-agreement', { version: agreement.version, hash: agreement.hash });
  }

  /** To a grant in force; gives the paths of both. */
  async granted(datasets: readonly Body[], approval: object = { reason: 'Met' }, more: object = {}) {
    const application = await this.advised(datasets, more);
    done(await this.give('approver', application, 'approve', approval));
    const signed = done(await this.sign(application));
    return { application, grant: `/api/grants/${signed.body.grants[0].id}` };
  }

  /** What the portal is told about enterprise A and a dataset, unless the question says otherwise. */
  async ask(dataset: Body, more: Body = {}): Promise<Body> {
    this.asking ??= (await this.me('enterprise-a-handler')).organisation.id as string;
    const answer = await (await this.portal()).post('/access/v1/evaluation', {
      subject: { type: 'organisation', id: this.asking },
      resource: { type: 'dataset', id: typeof dataset === 'string' ? dataset : dataset.id },
      action: { name: 'download' },
      ...more,
    });
    return done(answer, 200).body;
  }

  /** `reason` of that answer, in short. */
  async reason(dataset: Body, more: Body = {}): Promise<string> {
    return (await this.ask(dataset, more)).context.reason.code;
  }

  private once(key: string, signIn: () => Promise<Caller>): Promise<Caller> {
    const known = this.signedIn.get(key) ?? signIn();
    this.signedIn.set(key, known);
    return known;
  }
}
