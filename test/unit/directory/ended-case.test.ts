import { expect } from 'chai';
import type { Application } from '../../../src/applications/index.js';
import { narrowingOf } from '../../../src/directory/domain/narrowing.js';
import { endedCase } from '../../../src/directory/ended-case.js';
import { laterOfGrant } from '../../../src/directory/what-came-later.js';
import { grantEvent } from '../../../src/grants/domain/events.js';
import { startOfDay } from '../../../src/kernel/time.js';
import type { Matter } from '../../../src/register/index.js';

const PERIOD = { from: '2026-01-01', to: '2026-12-31' };
const asked = { items: ['line', 'stop'], delivery: 'download', period: PERIOD } as const;
const given = { ...asked, quota: null, conditions: [] } as const;

describe('what an approval in part took away', () => {
  it('is nothing where all was given', () => {
    const nothing = { items: null, delivery: null, period: null, quota: null, conditions: [] };
    expect(narrowingOf(asked, given)).to.deep.equal(nothing);
    expect(narrowingOf({ ...asked, items: [] }, { ...given, items: [] })).to.deep.equal(nothing);
  });

  it('is told part by part', () => {
    const period = { ...PERIOD, to: '2026-06-30' };
    const conditions = [{ kind: 'location', text: 'In the city' }];
    expect(narrowingOf(asked, { items: ['line'], delivery: 'sandbox', period, quota: 5, conditions })).to.deep.equal({
      items: { asked: 2, given: 1 },
      delivery: { asked: 'download', given: 'sandbox' },
      period: { asked: PERIOD, given: period },
      quota: 5,
      conditions,
    });
    expect(narrowingOf({ ...asked, items: [] }, given).items).to.deep.equal({ asked: null, given: 2 });
  });
});

const caseOf = (form: string | null, datasets: readonly string[], more: object = {}): Application =>
  ({
    number: 'SQ-1',
    request: {
      datasets: datasets.map((dataset) => ({ dataset, items: [] })),
      purpose: { category: 'research', scenario: '' },
      delivery: 'download',
      period: PERIOD,
      form: form === null ? null : { id: form, answers: {} },
    },
    outcomes: [],
    ...more,
  }) as unknown as Application;
const matter = (dataset: string, round: number, more: Partial<Matter> = {}): Matter =>
  ({
    application: 'earlier',
    dataset,
    round,
    ruling: 'refused',
    ruledOn: `2026-0${round}-10`,
    reasons: ['purpose-not-covered'],
    days: 9,
    limit: 15,
    late: false,
    tier: 'conditional',
    appeal: null,
    ...more,
  }) as Matter;

describe('how an earlier case ended', () => {
  const appeal = { askedOn: '2026-01-12', outcome: 'reopened', decidedOn: '2026-01-20' } as const;

  it('is its last round; the review between them is told as what came of the first', () => {
    const matters = [matter('roads', 1, { appeal }), matter('roads', 2, { ruling: 'approved', reasons: [], days: 4 })];
    const ended = endedCase(caseOf(null, ['roads']), caseOf(null, ['roads']), matters, [
      { what: 'grant-revoked', on: '2026-03-01', cause: null },
    ]);
    expect(ended).to.include({ number: 'SQ-1', ruledOn: '2026-02-10', days: 4, limit: 15, late: false });
    expect(ended.reasons).to.deep.equal([]);
    expect(ended.datasets.map(({ ruling }) => ruling)).to.deep.equal(['approved']);
    expect(ended.later.map(({ what, on }) => `${on} ${what}`)).to.deep.equal([
      '2026-01-20 refusal-reopened',
      '2026-03-01 grant-revoked',
    ]);
  });

  it('tells that a ruling was contested elsewhere, or overturned there, once though it is on every dataset', () => {
    const filed = { kind: 'litigation', recordedOn: '2026-02-20', outcome: null, endedOn: null } as const;
    const annulled = { ...filed, kind: 'reconsideration', outcome: 'annulled', endedOn: '2026-04-20' } as const;
    const matters = ['roads', 'buses'].map((dataset) => matter(dataset, 1, { proceedings: [annulled, filed] }));
    const ended = endedCase(caseOf(null, ['roads']), caseOf(null, ['roads', 'buses']), matters, []);
    expect(ended.later.map(({ what, on }) => `${on} ${what}`)).to.deep.equal([
      '2026-02-20 ruling-contested',
      '2026-04-20 ruling-overturned',
    ]);
  });

  it('tells of every dataset, first of those that this case asks for, and what was narrowed', () => {
    const outcome = { dataset: 'buses', ruling: 'approved-in-part', ...given, items: ['line'] };
    const ended = endedCase(
      caseOf(null, ['roads']),
      caseOf(null, ['buses', 'roads'], { outcomes: [outcome] }),
      [matter('buses', 1, { ruling: 'approved-in-part' }), matter('roads', 1)],
      [],
    );
    expect(ended.datasets.map(({ dataset, alsoAsked }) => [dataset, alsoAsked])).to.deep.equal([
      ['roads', true],
      ['buses', false],
    ]);
    expect(ended.datasets.map(({ narrowing }) => narrowing?.items ?? null)).to.deep.equal([
      null,
      { asked: null, given: 1 },
    ]);
  });

  it('says that it answered another version of the form of the same purpose', () => {
    const other = (a: string | null, b: string | null) =>
      endedCase(caseOf(a, ['roads']), caseOf(b, ['roads']), [matter('roads', 1)], []).otherForm;
    expect(other('v2', 'v1')).to.equal(true);
    expect(other('v2', null)).to.equal(true);
    expect(other('v2', 'v2')).to.equal(false);
    expect(other(null, null)).to.equal(false);
  });

  it('says of a review that runs that it was asked for, once though it is on every dataset', () => {
    const running = { askedOn: '2026-01-12', outcome: null, decidedOn: null };
    const matters = ['roads', 'buses'].map((dataset) => matter(dataset, 1, { appeal: running }));
    const { later } = endedCase(caseOf(null, ['roads']), caseOf(null, ['roads', 'buses']), matters, []);
    expect(later).to.deep.equal([{ what: 'review-asked', on: '2026-01-12', cause: null }]);
  });
});

describe('what came of a grant', () => {
  const at = startOfDay('2026-05-04');

  it('is that it was suspended and why, limited or revoked; not what it reported, and not that it went on', () => {
    const events = [
      grantEvent('grant.use-reported', at, { text: 'A map', products: ['Map'] }),
      grantEvent('grant.suspended', at, { cause: 'sanction', reason: 'Beyond the scenario', until: null }),
      grantEvent('grant.resumed', at, { cause: 'sanction', reason: 'Cured' }),
      grantEvent('grant.limited', at, { reason: 'Too many', quota: 3, delivery: null, until: null }),
      grantEvent('grant.revoked', at, { reason: 'Again' }),
    ];
    expect(laterOfGrant(events)).to.deep.equal([
      { what: 'grant-suspended', on: '2026-05-04', cause: 'sanction' },
      { what: 'grant-limited', on: '2026-05-04', cause: null },
      { what: 'grant-revoked', on: '2026-05-04', cause: null },
    ]);
    expect(laterOfGrant([])).to.deep.equal([]);
  });
});
