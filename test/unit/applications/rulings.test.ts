import { expect } from 'chai';
import type { Approval } from '../../../src/applications/domain/commands.js';
import { World } from './world.js';

function atAuthority(): World {
  const world = new World();
  world.draft('handler', {
    datasets: [
      { dataset: 'roads', items: [] },
      { dataset: 'buses', items: ['road', 'speed'] },
    ],
  });
  world.does('handler', 'submit', {});
  world.does('reviewer', 'accept', {});
  world.does('reviewer', 'claim', {});
  world.does('reviewer', 'advise', { recommendation: 'approve-in-part', remark: '' });
  return world;
}

const both = (roads: Partial<Approval>): Approval[] => [{ dataset: 'roads', ...roads }, { dataset: 'buses' }];

describe('rulings', () => {
  it('approve all that was asked when no dataset is named', () => {
    const world = atAuthority();
    world.does('approver', 'approve', { reason: 'Conditions met' });
    expect(world.current.state).to.equal('approved');
    expect(world.current.outcomes.map(({ dataset, ruling, items }) => [dataset, ruling, items])).to.deep.equal([
      ['roads', 'approved', []],
      ['buses', 'approved', ['road', 'speed']],
    ]);
  });

  it('approve nothing under a condition that has come to ask for a proof, until there is one', () => {
    const asking = { conditions: [{ kind: 'training', text: { en: 'Trained' }, evidenceRequired: true }] };
    const world = atAuthority();
    for (const id of ['roads', 'buses']) world.put(id, asking);
    expect(world.fails('approver', 'approve', {})).to.deep.include({
      code: 'evidence-unverified',
      detail: 'Nothing verified on file proves training.',
    });
    world.proved = new Map([['training', { evidence: 'E', validUntil: '2027-03-01' }]]);
    world.does('approver', 'approve', {});
    expect(world.current.state).to.equal('approved');
  });

  it('carry to grants who, what, for which purpose, how, how long, under which agreement', () => {
    const world = atAuthority();
    world.does('approver', 'approve', {});
    const { period } = world.current.request;
    expect(world.events.at(-1)?.data).to.deep.include({
      applicant: 'enterprise',
      holder: 'transport',
      purpose: 'research',
      delivery: 'download',
      period,
      agreement: {
        template: 'template',
        version: 1,
        hash: 'h1',
      },
    });
  });

  it('stay approved where all items are written out', () => {
    const world = atAuthority();
    world.does('approver', 'approve', { datasets: both({ items: ['hour', 'speed', 'road'] }) });
    expect(world.current.state).to.equal('approved');
  });

  for (const [what, narrower] of Object.entries({
    items: { items: ['road'] },
    delivery: { delivery: 'api' as const },
    period: { period: { from: '2026-03-02', to: '2026-06-30' } },
    quota: { quota: 10 },
    conditions: { conditions: [{ kind: 'output-check', text: 'Results are checked before they leave.' }] },
  })) {
    it(`are in part when ${what} is narrower than asked`, () => {
      const world = atAuthority();
      world.does('approver', 'approve', { datasets: both(narrower) });
      expect(world.current.state).to.equal('partly-approved');
      expect(world.current.outcomes[0]).to.deep.include({ ruling: 'approved-in-part', ...narrower });
      expect(world.current.outcomes[1]?.ruling).to.equal('approved');
    });
  }

  it('refuse the datasets they do not name', () => {
    const world = atAuthority();
    world.does('approver', 'approve', { datasets: [{ dataset: 'buses' }] });
    expect(world.current.state).to.equal('partly-approved');
    expect(world.current.outcomes.map(({ ruling }) => ruling)).to.deep.equal(['refused', 'approved']);
    world.does('signatory', 'accept-agreement', { version: 1, hash: 'h1' });
    const signed = world.events.flatMap((one) =>
      one.event === 'application.agreement-accepted' ? one.data.datasets : [],
    );
    expect(signed.map(({ dataset }) => dataset)).to.deep.equal(['buses']);
  });

  it('keep the coded reason for which a dataset is left out, and take none for one that is approved or not asked for', () => {
    const world = atAuthority();
    const why = { code: 'items-excessive', text: 'Not for this purpose.' };
    const datasets = [{ dataset: 'buses' }];
    const refused = (dataset: string, approved: { datasets?: Approval[] } = { datasets }) => {
      const { code, errors } = world.fails('approver', 'approve', { ...approved, leftOut: [{ dataset, ...why }] });
      return [code, errors?.[0]?.pointer];
    };
    expect(refused('buses')).to.deep.equal(['dataset-repeated', '/leftOut/0/dataset']);
    expect(refused('trams')).to.deep.equal(['not-asked-for', '/leftOut/0/dataset']);
    expect(refused('roads', {}), 'all are approved').to.deep.equal(['dataset-repeated', '/leftOut/0/dataset']);
    world.does('approver', 'approve', { datasets, leftOut: [{ dataset: 'roads', ...why }] });
    expect(world.current.outcomes.map(({ reason }) => reason)).to.deep.equal([why, undefined]);
  });

  it('never give more than was asked', () => {
    const world = atAuthority();
    const codes = (datasets: Approval[]) => world.fails('approver', 'approve', { datasets }).code;
    expect(codes([{ dataset: 'buses', items: ['road', 'hour'] }])).to.equal('not-narrower');
    expect(codes(both({ items: ['colour'] }))).to.equal('unknown-item');
    expect(codes(both({ delivery: 'sandbox' }))).to.equal('delivery-not-offered');
    expect(codes(both({ period: { from: '2026-03-02', to: '2029-01-01' } }))).to.equal('not-narrower');
    expect(codes(both({ period: { from: '2026-05-02', to: '2026-04-01' } }))).to.equal('invalid-period');
    expect(codes([{ dataset: 'cameras' }])).to.equal('not-asked-for');
    expect(codes([{ dataset: 'roads' }, { dataset: 'roads' }])).to.equal('dataset-repeated');
    expect(codes([])).to.equal('nothing-approved');
  });

  it('do not approve what was withdrawn or raised since; the rest may be', () => {
    const world = atAuthority();
    world.put('roads', { tier: 'restricted' });
    expect(world.fails('approver', 'approve', {}).code).to.equal('tier-changed');
    world.put('buses', { state: 'withdrawn' });
    expect(world.fails('approver', 'approve', { datasets: [{ dataset: 'buses' }] }).code).to.equal('tier-changed');
    world.put('buses', { state: 'listed' });
    world.does('approver', 'approve', { datasets: [{ dataset: 'buses' }] });
  });

  it('need an agreement to sign', () => {
    const world = atAuthority();
    world.agreement = null;
    expect(world.fails('approver', 'approve', {}).code).to.equal('agreement-missing');
  });

  it('are not signed for what was raised or withdrawn meanwhile', () => {
    const world = atAuthority();
    world.does('approver', 'approve', {});
    world.put('roads', { tier: 'restricted' });
    world.put('buses', { state: 'withdrawn' });
    expect(world.fails('signatory', 'accept-agreement', { version: 1, hash: 'h1' }).code).to.equal('tier-changed');
    world.put('buses', { state: 'listed' });
    world.does('signatory', 'accept-agreement', { version: 1, hash: 'h1' });
  });
});
