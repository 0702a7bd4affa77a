import { expect } from 'chai';
import fc from 'fast-check';
import type { ApplicationRequest } from '../../../src/applications/domain/application.js';
import { changesBetween, changesSinceSent } from '../../../src/applications/domain/changes.js';
import { World } from './world.js';

const REQUEST: ApplicationRequest = {
  datasets: [{ dataset: 'roads', items: ['road', 'speed'] }],
  purpose: { category: 'research', scenario: 'A model of traffic', project: 'one' },
  delivery: 'download',
  period: { from: '2026-03-02', to: '2026-12-31' },
  members: ['b', 'a'],
  evidence: [{ condition: 'mlps', reference: 'No. 1' }],
  form: { id: 'f', answers: { users: 4, made: ['app'] } },
};
const places = (after: ApplicationRequest, before = REQUEST) =>
  changesBetween(before, after).map(({ pointer, before: old, after: now }) => [pointer, old, now]);

describe('what changed in a request', () => {
  it('is named place by place, with what stood there and what stands there', () => {
    expect(
      places({
        ...REQUEST,
        datasets: [
          { dataset: 'roads', items: ['road'] },
          { dataset: 'buses', items: [] },
        ],
        purpose: { category: 'research', scenario: 'A model of traffic at night' },
        securityPlan: 'Encrypted',
        evidence: [{ condition: 'mlps', reference: 'No. 1', validUntil: '2027-01-01' }],
        form: { id: 'f2', answers: { users: 5, charged: false } },
      }),
    ).to.deep.equal([
      ['/purpose/scenario', 'A model of traffic', 'A model of traffic at night'],
      ['/securityPlan', null, 'Encrypted'],
      ['/datasets/roads', { items: ['road', 'speed'] }, { items: ['road'] }],
      ['/datasets/buses', null, { items: [] }],
      ['/evidence/mlps', { reference: 'No. 1' }, { reference: 'No. 1', validUntil: '2027-01-01' }],
      ['/form/answers/users', 4, 5],
      ['/form/answers/charged', null, false],
      ['/purpose/project', 'one', null],
      ['/form/answers/made', ['app'], null],
    ]);
  });

  it('is nothing where only an order changed, or an empty text', () => {
    expect(places({ ...REQUEST, members: ['a', 'b'], securityPlan: '' })).to.deep.equal([]);
    expect(places({ ...REQUEST, datasets: [{ dataset: 'roads', items: ['speed', 'road'] }] })).to.deep.equal([]);
    const proof = { condition: 'mlps', issuer: 'Bureau', reference: 'No. 1' };
    const asStored = { reference: 'No. 1', issuer: 'Bureau', condition: 'mlps' };
    expect(places({ ...REQUEST, evidence: [asStored] }, { ...REQUEST, evidence: [proof] })).to.deep.equal([]);
  });

  it('is the same read backwards, and nothing from a request to itself', () => {
    const request = fc.record({
      scenario: fc.constantFrom('a', 'b'),
      items: fc.subarray(['road', 'speed']),
      members: fc.subarray(['a', 'b', 'c']),
      users: fc.option(fc.nat(2), { nil: undefined }),
    });
    const of = ({
      scenario,
      items,
      members,
      users,
    }: {
      scenario: string;
      items: string[];
      members: string[];
      users?: number;
    }) => ({
      ...REQUEST,
      datasets: [{ dataset: 'roads', items }],
      purpose: { category: 'research' as const, scenario },
      members,
      form: { id: 'f', answers: users === undefined ? {} : { users } },
    });
    fc.assert(
      fc.property(request, request, (one, other) => {
        const [a, b] = [of(one as never), of(other as never)];
        const there = new Map(changesBetween(a, b).map((change) => [change.pointer, change]));
        const back = changesBetween(b, a);
        expect(back).to.have.length(there.size);
        for (const { pointer, before, after } of back)
          expect(there.get(pointer)).to.deep.equal({ pointer, before: after, after: before });
        expect(changesBetween(a, a)).to.deep.equal([]);
      }),
    );
  });

  it('is told since the last sending while a correction is written, and between the last two after it', () => {
    const world = new World();
    world.draft();
    expect(changesSinceSent(world.events)).to.equal(null);
    world.does('handler', 'submit', {});
    expect(changesSinceSent(world.events)).to.equal(null);
    world.does('reviewer', 'request-correction', { defects: [{ text: 'Who will use it?' }] });
    expect(changesSinceSent(world.events)).to.deep.equal([]);
    world.does('handler', 'add-member', { subject: 'staff-1' });
    const written = [{ pointer: '/members', before: null, after: ['staff-1'] }];
    expect(changesSinceSent(world.events)).to.deep.equal(written);
    world.does('handler', 'submit', {});
    expect(changesSinceSent(world.events)).to.deep.equal(written);
    world.does('reviewer', 'accept', {});
    expect(changesSinceSent(world.events)).to.deep.equal(written);
  });
});
