import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addDays, addMonths, dayOf } from '../../src/kernel/time.js';
import type { Answer, Caller } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { backends } from '../support/databases.js';
import { newcomer } from '../support/newcomer.js';
import { inProject } from '../support/project.js';
import { registeredPerson } from '../support/registrant.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;
const [inMemory] = backends;

/** A demo in which somebody asks for data in their own name. */
class Town {
  readonly clock = new TestClock(Date.now());
  private constructor(
    readonly opened: OpenApp,
    readonly address: string,
    public cases: Cases,
    clock: TestClock,
  ) {
    this.clock = clock;
  }

  static async open(environment: Record<string, string> = {}): Promise<Town> {
    const clock = new TestClock(Date.now());
    const opened = await openApp(inMemory as never, { seeded: true, clock, environment });
    const address = await opened.listen();
    return new Town(opened, address, await Cases.open(address), clock);
  }

  today = (): string => dayOf(this.clock.now());

  async later(days: number): Promise<void> {
    this.clock.advance(days * DAY);
    this.cases = await Cases.open(this.address);
  }

  async nameOf(name: Name): Promise<string> {
    return (await this.cases.as(name).get('/api/me')).body.subject.name;
  }

  /** A case of this applicant, walked to a stage. */
  async case(
    by: Caller,
    stage: 'submitted' | 'needs-correction' | 'authority' | 'approved' | 'concluded',
    dataset = 0,
    approver: Name = 'approver',
  ): Promise<string> {
    const made = await by.post('/api/applications', {
      datasets: [{ dataset: this.cases.datasets[dataset] }],
      purpose: { category: 'research', scenario: `For my thesis ${stage}` },
      delivery: 'download',
      period: { from: this.today(), to: addMonths(this.today(), 12) },
      securityPlan: 'On one encrypted disk.',
    });
    const path = `/api/applications/${fine(made).body.id}`;
    fine(await by.command(path, 'submit'));
    const give = (name: Name, command: string, body: object = {}) => this.cases.give(name, path, command, body);
    if (stage === 'submitted') return path;
    if (stage === 'needs-correction') {
      await give('reviewer-transport', 'request-correction', { defects: [{ text: 'Say where it is kept.' }] });
      return path;
    }
    await give('reviewer-transport', 'accept');
    await give('reviewer-transport', 'claim');
    await give('reviewer-transport', 'advise', { recommendation: 'approve', remark: 'Fits.' });
    if (stage === 'authority') return path;
    await give(approver, 'approve', { reason: 'Met' });
    if (stage === 'approved') return path;
    const { version, hash } = (await by.get(path)).body.agreement;
    fine(await by.command(path, 'accept-agreement', { version, hash }));
    return path;
  }

  /** A violation of this organisation that was heard. */
  async heard(organisation: string, kind: string, by: Caller): Promise<string> {
    const report = { organisation, kind, description: 'Seen' };
    const path = `/api/violations/${fine(await this.cases.as('supervisor').post('/api/violations', report)).body.id}`;
    fine(await by.command(path, 'reply', { text: 'I did not know.' }));
    return path;
  }

  impose = (path: string, body: object, by: Caller = this.cases.as('supervisor')) =>
    by.command(path, 'impose', { reason: 'As established', ...body });

  restrict = (path: string, days = 30) =>
    this.impose(path, { step: 'restrict', until: addDays(this.today(), days) }).then(fine);

  async told(name: Name | Caller, href: string): Promise<string[]> {
    const by = typeof name === 'string' ? this.cases.as(name) : name;
    const { items } = fine(await by.get('/api/notifications?limit=100')).body;
    return items
      .filter((one: { href: string }) => one.href.endsWith(href.replace('/api', '')))
      .map(({ event }: { event: string }) => event)
      .toReversed();
  }

  async events(kind: string, path: string): Promise<string[]> {
    const id = path.split('/').at(-1);
    const { items } = (
      await this.cases.as('auditor').get(`/api/audit/entries?subjectKind=${kind}&subjectId=${id}&after=0`)
    ).body;
    return items.map(({ event }: { event: string }) => event);
  }

  stateOf = async (path: string, by: Name = 'supervisor'): Promise<string> =>
    (await this.cases.as(by).get(path)).body.state;
}

const refused = (answer: Answer, status: number, code: string): Answer => {
  expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
  return answer;
};

describe('contract: natural persons', function () {
  this.timeout(240_000);

  describe('who works for a body and asks in private', () => {
    let town: Town;
    before(async () => {
      town = await Town.open();
    });
    after(() => town.opened.close());

    it('does not rule on their own case; a colleague does', async () => {
      const { caller } = await registeredPerson(town.cases, town.address, await town.nameOf('approver'));
      const path = await town.case(caller, 'authority');
      const own = (await town.cases.as('approver').get(path)).body;
      expect(own.allowedCommands).to.not.include.members(['approve']);
      refused(await town.cases.as('approver').command(path, 'approve', {}), 403, 'applicant-side');
      refused(
        await town.cases.as('approver').command(path, 'refuse', { reasons: [{ code: 'other', text: 'x' }] }),
        403,
        'applicant-side',
      );
      await town.cases.give('approver-deputy', path, 'approve', { reason: 'Met' });
      expect(await town.stateOf(path)).to.equal('approved');
    });

    it('leaves the case to the substitute where nobody else has the post', async () => {
      const { caller } = await registeredPerson(town.cases, town.address, await town.nameOf('reviewer-transport'));
      const path = await caller.post('/api/applications', {
        datasets: [{ dataset: town.cases.datasets[0] }],
        purpose: { category: 'research', scenario: 'Mine' },
        delivery: 'download',
        period: { from: town.today(), to: addMonths(town.today(), 6) },
        securityPlan: 'One disk.',
      });
      const at = `/api/applications/${fine(path).body.id}`;
      fine(await caller.command(at, 'submit'));
      refused(await town.cases.as('reviewer-transport').command(at, 'accept'), 403, 'applicant-side');
      const { waitingFor } = (await caller.get(at)).body;
      expect(waitingFor.role).to.equal('approver');
      await town.cases.give('approver', at, 'accept');
    });

    it('is not kept from the cases of others', async () => {
      const { caller } = await registeredPerson(town.cases, town.address, 'Somebody Else');
      const path = await town.case(caller, 'approved', 0, 'approver');
      expect(await town.stateOf(path)).to.equal('approved');
    });

    it('does not judge their own evidence, violation, measure or objection', async () => {
      const officer = await registeredPerson(town.cases, town.address, await town.nameOf('officer'));
      const proof = { kind: 'training', issuer: 'School', reference: 'No. 1', validUntil: addDays(town.today(), 60) };
      const filed = `/api/evidence/${fine(await officer.caller.post('/api/evidence', proof)).body.id}`;
      expect((await town.cases.as('officer').get(filed)).body.allowedCommands).to.deep.equal([]);
      refused(await town.cases.as('officer').command(filed, 'verify', {}), 403, 'organisation-concerned');
      await town.cases.give('officer-2', filed, 'verify', {});

      const supervisor = await registeredPerson(town.cases, town.address, await town.nameOf('supervisor'));
      const path = await town.heard(supervisor.organisation, 'platform-rules', supervisor.caller);
      expect((await town.cases.as('supervisor').get(path)).body.allowedCommands).to.deep.equal([]);
      refused(await town.impose(path, { step: 'notice' }), 403, 'organisation-concerned');
      const colleague = await newcomer(town.cases, town.address, {
        username: 'supervisor-2',
        beside: 'supervisor',
        role: 'supervisor',
      });
      fine(await town.impose(path, { step: 'notice' }, colleague.caller));

      const signed = await town.case(supervisor.caller, 'concluded', 5);
      const grant = `/api/grants/${(await supervisor.caller.get(signed)).body.grants[0].id}`;
      expect((await town.cases.as('supervisor').get(grant)).body.allowedCommands).to.deep.equal([]);
      refused(
        await town.cases.as('supervisor').command(grant, 'suspend', { reason: 'r' }),
        403,
        'organisation-concerned',
      );
      fine(await colleague.caller.command(grant, 'suspend', { reason: 'Asked by the holder' }));
      refused(
        await town.cases.as('supervisor').command(grant, 'resume', { reason: 'r' }),
        403,
        'organisation-concerned',
      );
      fine(await supervisor.caller.command(grant, 'relinquish', { reason: 'No longer needed' }));

      const dataset = town.cases.datasets[6] as string;
      const said = { about: 'tier', dataset, tier: 'open', reason: 'It says nothing about anybody.' };
      const { id } = fine(await officer.caller.post('/api/objections', said)).body;
      const objection = `/api/objections/${id}`;
      expect((await town.cases.as('officer').get(objection)).body.allowedCommands).to.deep.equal([]);
      refused(await town.cases.as('officer').command(objection, 'reject', { reason: 'r' }), 422, 'own-objection');
      expect((await town.cases.as('officer-2').get(objection)).body.allowedCommands).to.include('reject');
    });

    it('does not rule on their own complaint', async () => {
      const { caller } = await registeredPerson(town.cases, town.address, await town.nameOf('approver'));
      const dataset = town.cases.datasets[4] as string;
      const harm = { right: 'personal-information', reason: 'My plate is in it.', evidence: 'Row 17' };
      const { id } = fine(await caller.post('/api/objections', { about: 'rights', dataset, ...harm })).body;
      const path = `/api/complaints/${id}`;
      await town.cases.give('reviewer-transport', path, 'report-finding', { finding: 'unfounded', remark: 'No.' });
      const ruling = { outcome: 'resume', text: 'It is no plate of yours.' };
      expect((await town.cases.as('approver').get(path)).body.allowedCommands).to.not.include('rule');
      refused(await town.cases.as('approver').command(path, 'rule', ruling), 403, 'organisation-concerned');
      expect((await town.cases.as('approver-deputy').get(path)).body.allowedCommands).to.include('rule');
      refused(await town.cases.as('approver').command(path, 'take-back'), 403, 'forbidden');
      expect((await caller.get(path)).body.allowedCommands, 'their own to take back').to.deep.equal(['take-back']);
    });
  });

  describe('against whom nothing is done by machine alone', () => {
    let town: Town;
    let citizen: Caller;
    let organisation: string;
    before(async () => {
      town = await Town.open();
      ({ caller: citizen, organisation } = await registeredPerson(town.cases, town.address, 'Lai Zhe'));
    });
    after(() => town.opened.close());
    const actOften = () =>
      Promise.all([1, 2, 3].map(() => town.opened.app.slices.supervision.clock.letTimeAct(town.opened.app.unit)));

    it('keep their open requests when their use is restricted; officers are told and decide by name', async () => {
      const submitted = await town.case(citizen, 'submitted', 1);
      const correcting = await town.case(citizen, 'needs-correction', 2);
      const ruling = await town.case(citizen, 'authority', 3);
      const signing = await town.case(citizen, 'approved', 4);
      const concluded = await town.case(citizen, 'concluded', 5);
      const grant = `/api/grants/${(await citizen.get(concluded)).body.grants[0].id}`;
      const violation = await town.heard(organisation, 'unlawful-acquisition', citizen);
      await town.restrict(violation);

      const states = await Promise.all([submitted, correcting, ruling, signing].map((path) => town.stateOf(path)));
      expect(states, 'nothing ended').to.deep.equal(['submitted', 'needs-correction', 'in-review', 'approved']);
      expect(await town.stateOf(grant), 'the supervisor’s own measure holds').to.equal('revoked');
      for (const path of [submitted, ruling]) {
        expect((await town.events('application', path)).at(-1)).to.equal('application.use-restricted');
        expect((await town.told(citizen, path)).at(-1)).to.equal('application.use-restricted');
        expect(JSON.stringify((await citizen.get(path)).body.history)).to.contain('application.use-restricted');
      }
      expect(await town.told('reviewer-transport', submitted)).to.include('application.use-restricted');
      expect(await town.told('approver', ruling)).to.include('application.use-restricted');

      expect((await town.cases.as('approver').get(ruling)).body.allowedCommands)
        .to.include('refuse')
        .and.not.include('approve');
      refused(await town.cases.as('approver').command(ruling, 'approve', {}), 422, 'use-restricted');
      const reasons = [{ code: 'other', text: 'Your use is restricted; apply again after its end.' }];
      await town.cases.give('approver', ruling, 'refuse', { reasons });
      const { history } = (await citizen.get(ruling)).body;
      expect(history.at(-1).by, 'a person, with reasons').to.not.equal('system');
      await town.cases.give('reviewer-transport', submitted, 'close', { reason: 'Restricted until next month.' });

      fine(await citizen.change(correcting, { securityPlan: 'On one encrypted disk, at home.' }));
      fine(await citizen.command(correcting, 'submit'));
      const { agreement } = (await citizen.get(signing)).body;
      const sign = { version: agreement.version, hash: agreement.hash };
      refused(await citizen.command(signing, 'accept-agreement', sign), 422, 'use-restricted');
      const fresh = {
        datasets: [{ dataset: town.cases.datasets[1] }],
        purpose: { category: 'research', scenario: 'Again' },
        delivery: 'download',
        period: { from: town.today(), to: addDays(town.today(), 90) },
      };
      refused(await citizen.post('/api/applications', fresh), 422, 'use-restricted');
    });

    it('are warned without a measure that follows by itself: a supervisor is told, once, and decides', async () => {
      const other = await registeredPerson(town.cases, town.address, 'Another One');
      const concluded = await town.case(other.caller, 'concluded', 1);
      const grant = `/api/grants/${(await other.caller.get(concluded)).body.grants[0].id}`;
      const violation = await town.heard(other.organisation, 'lapsed-proof', other.caller);
      fine(await town.impose(violation, { step: 'warning', cureBy: addDays(town.today(), 5) }));
      await town.later(6);
      await actOften();
      expect((await town.events('violation', violation)).slice(2)).to.deep.equal([
        'violation.sanctioned',
        'violation.cure-missed',
      ]);
      expect([await town.stateOf(violation), await town.stateOf(grant)]).to.deep.equal(['warned', 'active']);
      expect(await town.told('supervisor', violation)).to.include('violation.cure-missed');
      fine(await town.impose(violation, { step: 'suspend' }));
      expect(await town.stateOf(grant)).to.equal('suspended');
      const { rulings } = (await town.cases.as('supervisor').get(violation)).body;
      expect(rulings.at(-1).by).to.be.a('string');
    });

    it('lose a request by their own silence only, without prejudice: it can be asked for again', async () => {
      const person = await registeredPerson(town.cases, town.address, 'Silent One');
      const path = await town.case(person.caller, 'needs-correction', 1);
      const correction = (await town.cases.as('reviewer-transport').get(path)).body.deadlines.find(
        ({ kind }: { kind: string }) => kind === 'correction',
      );
      town.clock.advance(Date.parse(`${addDays(correction.due, 1)}T02:00:00+08:00`) - town.clock.now());
      town.cases = await Cases.open(town.address);
      await town.opened.app.slices.applications.clock.letTimeAct(town.opened.app.unit);
      expect(await town.stateOf(path)).to.equal('abandoned');
      const back = await person.enter();
      expect((await back.get(path)).body.allowedCommands).to.deep.equal(['copy-as-new']);
      const copy = fine(await back.command(path, 'copy-as-new')).body;
      fine(await back.command(`/api/applications/${copy.id}`, 'submit'));
    });
  });

  it('without the protection their requests are closed and measures follow by themselves', async () => {
    const policies = mkdtempSync(join(tmpdir(), 'tiergate-policies-'));
    cpSync(inProject('policies'), policies, { recursive: true });
    const ladder = join(policies, 'ladder.yaml');
    const text = readFileSync(ladder, 'utf8');
    const without = text.replace(/^byPeopleOnly: .*$/m, 'byPeopleOnly: []');
    expect(without).to.not.equal(text);
    writeFileSync(ladder, without);
    const town = await Town.open({ TIERGATE_POLICIES: policies });
    const { caller, organisation } = await registeredPerson(town.cases, town.address, 'Lai Zhe');
    const warned = await town.heard(organisation, 'lapsed-proof', caller);
    fine(await town.impose(warned, { step: 'warning', cureBy: addDays(town.today(), 5) }));
    const open = await town.case(caller, 'submitted', 1);
    await town.restrict(await town.heard(organisation, 'unlawful-acquisition', caller));
    expect(await town.stateOf(open)).to.equal('closed');
    await town.later(6);
    await town.opened.app.slices.supervision.clock.letTimeAct(town.opened.app.unit);
    expect(await town.events('violation', warned)).to.include('violation.escalated');
    await town.opened.close();
    rmSync(policies, { recursive: true, force: true });
  });
});
