import { expect } from 'chai';
import fc from 'fast-check';
import type { Application, ApplicationRequest } from '../../../src/applications/domain/application.js';
import type { Predecessor } from '../../../src/applications/domain/facts.js';
import {
  addedBefore,
  bound,
  entryOf,
  isUnchanged,
  openingBar,
  periodOf,
  requestOf,
  successionBar,
} from '../../../src/applications/domain/succession.js';
import { addDays, endOfDay, startOfDay } from '../../../src/kernel/time.js';
import { rules, World } from './world.js';

const TODAY = '2026-03-02';
const NOW = startOfDay(TODAY) + 9 * 3_600_000;

const before = (more: Partial<Predecessor> = {}): Predecessor => ({
  grant: 'g1',
  application: 'a1',
  organisation: 'enterprise',
  dataset: 'roads',
  items: ['road'],
  purpose: 'research',
  scenario: 'Travel times',
  delivery: 'download',
  period: { from: '2025-05-01', to: '2026-04-30' },
  members: ['handler'],
  quota: 40,
  conditions: [{ kind: 'scenario', text: { en: 'Scenario' } }],
  signed: true,
  ended: null,
  endsAt: endOfDay('2026-04-30'),
  restrained: false,
  followedBy: null,
  ...more,
});
const earlier: ApplicationRequest = {
  datasets: [
    { dataset: 'roads', items: [] },
    { dataset: 'buses', items: [] },
  ],
  purpose: { category: 'research', scenario: 'Travel times', project: 'P' },
  delivery: 'api',
  period: { from: '2025-05-01', to: '2026-04-30' },
  members: ['handler', 'gone'],
  securityPlan: 'Encrypted',
  evidence: [],
  bundle: 'b',
};
const renewal = { grant: 'g1', kind: 'renewal' } as const;
const amendment = { grant: 'g1', kind: 'amendment' } as const;

describe('applications that renew or amend a grant', () => {
  it('begin with what was granted and what was said, for the days that follow', () => {
    const request = requestOf(renewal, before({ members: ['handler', 'gone'] }), earlier, ['gone'], TODAY);
    expect(request).to.deep.include({
      datasets: [{ dataset: 'roads', items: ['road'] }],
      purpose: { category: 'research', scenario: 'Travel times', project: 'P' },
      delivery: 'download',
      members: ['handler'],
      securityPlan: 'Encrypted',
      period: { from: '2026-05-01', to: '2027-04-30' },
    });
    expect(request).to.not.have.property('bundle');
    expect(requestOf(amendment, before(), earlier, [], TODAY).period).to.deep.equal({ from: TODAY, to: '2026-04-30' });
  });

  it('property: a renewal never overlaps its grant, and leaves no day out that is still to come', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 100 }), fc.integer({ min: 1, max: 700 }), (left, length) => {
        const to = addDays(TODAY, left);
        const one = before({ period: { from: addDays(to, -length), to } });
        const { from } = periodOf(renewal, one, one.period, TODAY);
        expect(from > to).to.equal(true);
        expect(from).to.equal(left >= 0 ? addDays(to, 1) : TODAY);
        const asked = requestOf(renewal, one, earlier, [], TODAY).period;
        expect(asked.from).to.equal(from);
        expect(asked.to >= asked.from).to.equal(true);
        expect(asked.to <= '2028-03-02', 'within 24 months of today').to.equal(true);
      }),
    );
  });

  it('are begun in their time, on what was signed, unrestrained and not followed already', () => {
    const code = (kind: 'renewal' | 'amendment', more: Partial<Predecessor>, now = NOW) =>
      openingBar(rules, kind, before(more), now)?.code ?? null;
    expect([code('renewal', {}), code('amendment', {})]).to.deep.equal([null, null]);
    for (const kind of ['renewal', 'amendment'] as const) {
      expect(code(kind, { signed: false }), kind).to.equal('grant-state');
      expect(code(kind, { restrained: true }), kind).to.equal('grant-restrained');
      expect(code(kind, { followedBy: 'a2' }), kind).to.equal('renewal-open');
      for (const ended of ['revoked', 'relinquished'] as const)
        expect(code(kind, { ended }), kind).to.equal('grant-ended');
    }
    const { opens, closes } = rules.workflow.source.routes.renewal;
    const first = startOfDay(addDays('2026-04-30', -opens));
    const last = endOfDay(addDays('2026-04-30', closes));
    expect([code('renewal', {}, first - 1), code('renewal', {}, first)]).to.deep.equal(['renewal-too-early', null]);
    const over = { ended: 'expired' } as const;
    expect([code('renewal', over, last - 1), code('renewal', over, last)]).to.deep.equal([null, 'grant-ended']);
    expect(code('amendment', {}, first - 1), 'whenever it is in force').to.equal(null);
    expect(code('amendment', {}, endOfDay('2026-04-30'))).to.equal('grant-ended');
  });

  it('stay bound to their grant: its dataset, and the days that follow', () => {
    const world = new World();
    const facts = { ...world.facts('handler'), now: NOW, predecessor: before(), succeeds: renewal };
    const asked = (datasets: string[]) => ({
      ...earlier,
      datasets: datasets.map((dataset) => ({ dataset, items: [] })),
      period: { from: TODAY, to: '2026-12-31' },
    });
    const kept = bound(asked(['roads']), facts);
    expect(kept.ok && kept.value.period).to.deep.equal({ from: '2026-05-01', to: '2026-12-31' });
    for (const other of [['buses'], ['roads', 'buses'], []]) {
      const refused = bound(asked(other), facts);
      expect(!refused.ok && refused.error.code).to.equal('grant-dataset');
    }
    const free = bound(asked(['buses']), { ...facts, predecessor: null, succeeds: null });
    expect(free.ok && free.value.period.from).to.equal(TODAY);
  });

  const state = (request: ApplicationRequest, succeeds?: Application['succeeds']) =>
    ({ id: 'a2', request, ...(succeeds === undefined ? {} : { succeeds }) }) as Application;

  it('a renewal without changes enters where the workflow says, and any change sends it to the holder', () => {
    const world = new World();
    const facts = { ...world.facts('handler'), now: NOW, predecessor: before(), succeeds: renewal };
    const request = requestOf(renewal, before(), earlier, [], TODAY);
    const { routes } = rules.workflow.source;
    expect(entryOf(rules, state(request, renewal), facts)).to.equal(routes.renewal.unchanged);
    expect(entryOf(rules, state(request), facts)).to.equal('submitted');
    expect(entryOf(rules, state(request, amendment), facts)).to.equal(routes.amendment.enters);
    const changes: Partial<ApplicationRequest>[] = [
      { datasets: [{ dataset: 'roads', items: [] }] },
      { datasets: [{ dataset: 'roads', items: ['road', 'speed'] }] },
      { members: [] },
      { purpose: { category: 'education', scenario: 'Travel times' } },
      { purpose: { category: 'research', scenario: 'Other' } },
      { delivery: 'api' },
      { period: { from: '2026-05-01', to: '2027-05-01' } },
    ];
    for (const change of changes)
      expect(entryOf(rules, state({ ...request, ...change }, renewal), facts), JSON.stringify(change)).to.equal(
        routes.renewal.enters,
      );
    world.put('roads', { conditions: [{ kind: 'training', text: {}, evidenceRequired: false }] });
    const stricter = { ...world.facts('handler'), predecessor: before(), succeeds: renewal };
    expect(isUnchanged(state(request, renewal), stricter), 'a condition that is new').to.equal(false);
    const cadence = { kind: 'feedback-cadence', text: {} };
    const granted = before({ conditions: [{ ...cadence, everyMonths: 6 }] });
    const asked = (everyMonths: number) => {
      world.put('roads', { conditions: [{ ...cadence, everyMonths, evidenceRequired: false }] });
      return isUnchanged(state(request, renewal), {
        ...world.facts('handler'),
        predecessor: granted,
        succeeds: renewal,
      });
    };
    expect([asked(6), asked(3)], 'reports more often').to.deep.equal([true, false]);
  });

  it('the grant may change while it is under way: held, ended or followed by another one it stops', () => {
    const facts = { ...new World().facts('handler'), now: NOW, succeeds: amendment };
    const code = (predecessor: Predecessor | null) =>
      successionBar({ id: 'a2', succeeds: amendment }, { ...facts, predecessor })?.code ?? null;
    expect(code(before({ followedBy: 'a2' })), 'by itself').to.equal(null);
    expect(code(before({ followedBy: 'a3' }))).to.equal('renewal-open');
    expect(code(before({ restrained: true }))).to.equal('grant-restrained');
    expect(code(before({ ended: 'revoked' }))).to.equal('grant-ended');
    expect(code(null)).to.equal('grant-ended');
    expect(successionBar({ id: 'a2' }, { ...facts, predecessor: null })).to.equal(null);
  });

  it('what an approver added goes on: every condition that is not published now', () => {
    const added = { kind: 'feedback-cadence', text: { zh: '每季报告', en: '每季报告' }, everyMonths: 3 };
    const conditions = [...before().conditions, added];
    expect(addedBefore(before({ conditions }), [{ kind: 'scenario' }])).to.deep.equal([
      { kind: 'feedback-cadence', text: '每季报告', everyMonths: 3 },
    ]);
  });
});
