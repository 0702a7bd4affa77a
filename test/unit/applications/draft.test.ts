import { expect } from 'chai';
import { copyOf, submissionFaults, warningsOf } from '../../../src/applications/domain/draft.js';
import { addDays, addMonths, dayOf } from '../../../src/kernel/time.js';
import { World, worldAt } from './world.js';

const refused = (world: World, request: Parameters<World['draft']>[1]) => {
  const outcome = world.draft('handler', request);
  if (outcome.ok) throw new Error('the draft was accepted');
  return outcome.error;
};
const asking = (...ids: string[]) => ({ datasets: ids.map((dataset) => ({ dataset, items: [] })) });
const codes = (world: World) =>
  warningsOf(world.current, world.facts('handler')).map(({ code, pointer }) => `${code} ${pointer}`);

describe('drafts', () => {
  it('need known, listed datasets', () => {
    const world = new World();
    expect(refused(world, asking('nowhere')).code).to.equal('unknown-dataset');
    expect(refused(world, asking()).code).to.equal('unknown-dataset');
    world.put('roads', { state: 'draft' });
    expect(refused(world, asking('roads')).code).to.equal('unknown-dataset');
    world.put('roads', { state: 'suspended' });
    expect(refused(world, asking('buses', 'roads')).errors).to.deep.equal([
      { code: 'dataset-unavailable', pointer: '/datasets/1/dataset', detail: 'The dataset is suspended.' },
    ]);
  });

  it('go to one holder, under one agreement, and not to the applicant itself', () => {
    const world = new World();
    world.put('clinics', { holder: 'health' });
    expect(refused(world, asking('roads', 'clinics')).code).to.equal('several-holders');
    world.put('trains', { agreementTemplate: 'rail' });
    expect(refused(world, asking('roads', 'trains')).code).to.equal('several-agreements');
    world.put('own', { holder: 'enterprise' });
    expect(refused(world, asking('own')).code).to.equal('own-data');
    expect(refused(world, asking('roads', 'roads')).code).to.equal('dataset-repeated');
  });

  it('are answered with a link where all is open already, and refused where it is not open', () => {
    const world = new World();
    world.put('stops', { tier: 'open' });
    const open = refused(world, asking('stops'));
    expect(open.code).to.equal('already-open');
    expect(open.extra).to.deep.equal({ links: ['/api/datasets/stops'] });
    world.put('cameras', { tier: 'restricted' });
    expect(refused(world, asking('roads', 'cameras')).code).to.equal('not-open-for-application');
    world.draft('handler', asking('roads', 'stops'));
    expect(codes(world)).to.deep.equal(['already-open /datasets/1/dataset']);
  });

  it('name items that exist and may be asked for', () => {
    const world = new World();
    world.put('roads', {
      items: [
        { name: 'road', tier: 'open' },
        { name: 'plate', tier: 'restricted' },
      ],
    });
    const asked = (item: string) => ({ datasets: [{ dataset: 'roads', items: ['road', item] }] });
    expect(refused(world, asked('colour')).errors?.[0]).to.include({
      code: 'unknown-item',
      pointer: '/datasets/0/items/1',
    });
    expect(refused(world, asked('plate')).code).to.equal('not-open-for-application');
  });

  it('read a first day in the past as today, and end within 24 months', () => {
    const world = new World();
    const today = dayOf(world.now);
    const until = (to: string) => ({ period: { from: '2020-01-01', to } });
    expect(refused(world, until(addDays(today, -1))).code).to.equal('invalid-period');
    expect(refused(world, until(addDays(addMonths(today, 24), 1))).code).to.equal('period-too-long');
    expect(world.draft('handler', until(addMonths(today, 24))).ok).to.equal(true);
    expect(world.current.request.period).to.deep.equal({ from: today, to: addMonths(today, 24) });
  });

  it('save with warnings and are refused at submission with the same codes', () => {
    const world = new World();
    world.put('roads', { conditions: [{ kind: 'mlps-filing', text: {}, evidenceRequired: true }] });
    world.agreement = null;
    world.draft('handler', { purpose: { category: 'research', scenario: '  ' }, delivery: 'sandbox' });
    const expected = [
      'scenario-missing /purpose/scenario',
      'delivery-not-offered /delivery',
      'evidence-missing /evidence',
      'agreement-missing /datasets',
    ];
    expect(codes(world)).to.deep.equal(expected);
    const refusal = world.fails('handler', 'submit', {});
    expect(refusal.errors?.map(({ code, pointer }) => `${code} ${pointer}`)).to.deep.equal(expected);
    expect(refusal.code).to.equal('scenario-missing');
  });

  it('accept a named proof while it is valid', () => {
    const world = new World();
    world.put('roads', { conditions: [{ kind: 'mlps-filing', text: {}, evidenceRequired: true }] });
    const evidence = (validUntil: string) => [{ condition: 'mlps-filing', reference: 'no. 7', validUntil }];
    world.draft('handler', { evidence: evidence(addDays(dayOf(world.now), -1)) });
    expect(codes(world)).to.deep.equal(['evidence-missing /evidence']);
    world.draft('handler', { evidence: evidence(dayOf(world.now)) });
    expect(codes(world)).to.deep.equal([]);
  });

  it('are refused when a tier was raised or a dataset withdrawn since', () => {
    const raised = worldAt('draft');
    raised.put('roads', { tier: 'restricted' });
    expect(raised.fails('handler', 'submit', {}).code).to.equal('tier-changed');
    const withdrawn = worldAt('draft');
    withdrawn.put('roads', { state: 'withdrawn' });
    expect(withdrawn.fails('handler', 'submit', {}).code).to.equal('dataset-unavailable');
    const opened = worldAt('draft');
    opened.put('roads', { tier: 'open' });
    expect(opened.fails('handler', 'submit', {}).code).to.equal('already-open');
  });

  it('are linked to an open request for the same, without being stopped by it', () => {
    const world = worldAt('draft');
    world.similar = [{ id: 'first', number: 'TG-2026-000007' }];
    expect(warningsOf(world.current, world.facts('handler'))).to.deep.equal([
      {
        code: 'similar-request',
        pointer: '/datasets',
        blocking: false,
        detail: 'Application TG-2026-000007 asks for the same.',
        linked: { id: 'first', number: 'TG-2026-000007' },
      },
    ]);
    expect(submissionFaults(world.current, world.facts('handler'))).to.equal(null);
  });

  it('are copied with what may still be asked for, from today', () => {
    const world = new World();
    world.draft('handler', { ...asking('roads', 'buses'), bundle: 'b-1' });
    world.does('handler', 'submit', {});
    world.put('buses', { tier: 'restricted' });
    world.now += 400 * 86_400_000;
    const today = dayOf(world.now);
    const copy = copyOf(world.current, world.facts('handler'));
    if (!copy.ok) throw new Error(copy.error.code);
    expect(copy.value.request.datasets).to.deep.equal([{ dataset: 'roads', items: [] }]);
    expect(copy.value.request.period).to.deep.equal({ from: today, to: addMonths(today, 12) });
    expect(copy.value.request).to.not.have.property('bundle');
    world.put('roads', { tier: 'restricted' });
    expect(world.fails('handler', 'copy-as-new', {}).code).to.equal('not-open-for-application');
  });
});
