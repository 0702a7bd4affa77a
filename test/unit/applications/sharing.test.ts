import { expect } from 'chai';
import fc from 'fast-check';
import { allowedCommands, decide } from '../../../src/applications/domain/decide.js';
import { rulesOf } from '../../../src/applications/domain/facts.js';
import { kindBar, type SharedRecord, underSharing } from '../../../src/applications/domain/sharing.js';
import { sharingTable } from '../../../src/applications/domain/workflow.js';
import { SHARING_TIERS, TIERS } from '../../../src/kernel/tier.js';
import { rules, World, worldAt } from './world.js';

const HANDLER = 'body-handler';
const asked = (...ids: string[]) => ({ datasets: ids.map((dataset) => ({ dataset, items: [] })) });
const stood = (world: World) => [world.current.state, world.current.stage];

/** A request of the health body for roads, where the named step left it. */
function sharedAt(
  step: 'draft' | 'submitted' | 'holder' | 'approved' | 'concluded',
  record: Partial<SharedRecord> = {},
) {
  const world = new World().betweenBodies({ roads: record });
  world.draft(HANDLER);
  const steps: (() => void)[] = [
    () => world.does(HANDLER, 'submit', {}),
    () => world.does('reviewer', 'accept', {}),
    () => world.does('reviewer', 'approve', {}),
    () => world.does('body-signatory', 'accept-agreement', { version: 1, hash: 'h1' }),
  ];
  const order = ['draft', 'submitted', 'holder', 'approved', 'concluded'];
  for (const run of steps.slice(0, order.indexOf(step))) run();
  return world;
}

describe('applications: sharing between public bodies', () => {
  it('is decided by the holder alone, on the clock of sharing', () => {
    const world = sharedAt('submitted');
    const [acceptance] = world.current.deadlines;
    expect([acceptance?.kind, acceptance?.limit, acceptance?.pack]).to.deep.equal([
      'acceptance',
      2,
      'cn-shanghai/1/share',
    ]);
    world.does('reviewer', 'accept', {});
    expect(world.current.deadlines.map(({ kind, limit }) => [kind, limit])).to.deep.equal([
      ['acceptance', 2],
      ['decision', 10],
    ]);
    const allowed = allowedCommands(rules, world.current, world.facts('reviewer'));
    expect(allowed).to.include.members(['approve', 'refuse', 'request-correction']);
    for (const name of ['advise', 'consult', 'extend']) expect(allowed).to.not.include(name);
    expect(world.fails('reviewer', 'advise', { recommendation: 'approve', remark: '' }).code).to.equal(
      'command-not-yours',
    );
    world.does('reviewer', 'approve', {});
    expect(stood(world)).to.deep.equal(['approved', null]);
  });

  it('leaves the life cycle of opening as it is', () => {
    const world = worldAt('holder');
    expect(world.fails('reviewer', 'approve', {}).code).to.equal('command-not-yours');
    expect(world.current.deadlines[0]?.pack).to.equal('cn-shanghai/1/shanghai-open');
    expect(world.current).to.not.have.property('kind');
  });

  it('tells grants of which kind they are, and only where it is sharing', () => {
    const ruled = (world: World) => world.events.find(({ event }) => event === 'application.approved')?.data;
    expect(ruled(sharedAt('approved'))).to.include({ kind: 'sharing', applicant: 'health', holder: 'transport' });
    expect(ruled(worldAt('approved'))).to.not.have.property('kind');
  });

  it('waits for nobody where all of it is shared without a condition, but for the promise', () => {
    const world = new World().betweenBodies({
      roads: { sharingTier: 'unconditional' },
      buses: { sharingTier: 'unconditional' },
    });
    world.draft(HANDLER, asked('roads', 'buses'));
    world.does(HANDLER, 'submit', {});
    expect(stood(world)).to.deep.equal(['approved', null]);
    const [, submitted, approved] = world.events;
    expect([submitted?.event, submitted?.by]).to.deep.equal(['application.submitted', HANDLER]);
    expect([approved?.event, approved?.by]).to.deep.equal(['application.approved', 'system']);
    expect(approved?.data).to.include({ kind: 'sharing', number: world.current.number });
    expect(world.current.outcomes.map(({ dataset, ruling }) => [dataset, ruling])).to.deep.equal([
      ['roads', 'approved'],
      ['buses', 'approved'],
    ]);
    expect(world.current.accepted, 'nothing is to be had before the promise').to.equal(null);
    expect(world.current.deadlines).to.deep.equal([]);
    world.does('body-signatory', 'accept-agreement', { version: 1, hash: 'h1' });
    expect(world.current.state).to.equal('concluded');
    expect(world.refolded()).to.deep.equal(world.current);
  });

  it('lets a person look wherever one dataset of several has a condition', () => {
    const world = new World().betweenBodies({
      roads: { sharingTier: 'unconditional' },
      buses: { sharingTier: 'conditional' },
    });
    world.draft(HANDLER, asked('roads', 'buses'));
    world.does(HANDLER, 'submit', {});
    expect(world.current.state).to.equal('submitted');
  });

  it('never hands over without a person looking what is closed to the public or waits for review', () => {
    const looked: readonly Partial<SharedRecord>[] = [
      { tier: 'restricted' },
      { tierStatus: 'pending-review' },
      { tierStatus: 'declared' },
    ];
    for (const record of looked) {
      const world = sharedAt('submitted', { sharingTier: 'unconditional', ...record });
      expect(world.current.state, JSON.stringify(record)).to.equal('submitted');
    }
  });

  it('asks for data that is not open at all, for its sharing tier governs', () => {
    const world = sharedAt('concluded', { tier: 'restricted', sharingTier: 'conditional' });
    expect(world.current.state).to.equal('concluded');
  });

  it('refuses before anything is saved what is not shared, with its basis', () => {
    const world = new World().betweenBodies({
      roads: { sharingTier: 'not-shared', legalBasis: { en: 'Statistics Law, art. 25' } },
    });
    const refused = world.draft(HANDLER);
    expect(refused.ok ? null : [refused.error.code, refused.error.detail]).to.deep.equal([
      'not-shared',
      'The dataset is not shared: Statistics Law, art. 25.',
    ]);
    const ofHidden = (tier: SharedRecord['tier']) => {
      const hidden = { sharingTier: 'not-shared', tier, listedWhenRestricted: false } as const;
      const answer = new World().betweenBodies({ roads: hidden }).draft(HANDLER);
      return answer.ok ? null : answer.error.code;
    };
    expect(ofHidden('restricted'), 'and does not tell of what is hidden').to.equal('unknown-dataset');
    expect(ofHidden('conditional'), 'which what the public sees is not').to.equal('not-shared');
  });

  it('answers that open data needs no request', () => {
    const refused = new World().betweenBodies({ roads: { tier: 'open', sharingTier: 'not-shared' } }).draft(HANDLER);
    expect(refused.ok ? null : refused.error.code).to.equal('already-open');
  });

  it('stops a ruling and a promise when the sharing tier was raised meanwhile', () => {
    const raised = { roads: { sharingTier: 'not-shared' } } as const;
    const ruling = sharedAt('holder').betweenBodies(raised);
    expect(ruling.fails('reviewer', 'approve', {}).code).to.equal('tier-changed');
    const promise = sharedAt('approved').betweenBodies(raised);
    expect(promise.fails('body-signatory', 'accept-agreement', { version: 1, hash: 'h1' }).code).to.equal(
      'tier-changed',
    );
  });

  it('keeps duties apart: nobody of the body that asks rules, and the review of a refusal is the authority’s', () => {
    const world = sharedAt('holder');
    expect(world.fails('body-signatory', 'approve', {}).code).to.equal('applicant-side');
    world.does('reviewer', 'refuse', { reasons: [{ code: 'items-excessive', text: 'The registration numbers.' }] });
    world.does(HANDLER, 'appeal', { reason: 'The duty needs them.' });
    expect(world.fails('reviewer', 'decide-appeal', { outcome: 'reopened', reason: 'x' }).code).to.equal(
      'command-not-yours',
    );
    world.does('approver', 'decide-appeal', { outcome: 'reopened', reason: 'It does.' });
    expect(stood(world)).to.deep.equal(['in-review', 'authority']);
    world.does('deputy', 'approve', {});
    expect(world.current.state).to.equal('approved');
  });

  it('says who may ask in this way, and that nobody may where the policies leave it out', () => {
    const { sharing, ...without } = rules;
    expect(sharing).to.not.equal(undefined);
    const code = (...given: Parameters<typeof kindBar>) => kindBar(...given)?.code ?? null;
    for (const kind of ['enterprise', 'person', 'authority', 'centre'] as const) {
      expect(code(rules, 'sharing', kind)).to.equal('sharing-between-bodies');
      expect(code(rules, undefined, kind)).to.equal(null);
    }
    expect(code(rules, 'sharing', 'public-body')).to.equal(null);
    expect(code(without, 'sharing', 'public-body')).to.equal('not-offered');
    expect(code(without, undefined, 'public-body')).to.equal(null);
  });

  it('goes on under the stricter rules of opening where its own were taken away', () => {
    const { sharing: _taken, ...without } = rules;
    expect(rulesOf(without, { kind: 'sharing' })).to.equal(without);
    const world = sharedAt('holder');
    const outcome = decide(without, world.current, { name: 'approve', body: {} }, world.facts('reviewer'));
    expect(outcome.ok ? null : outcome.error.code).to.equal('command-not-yours');
  });

  it('has no table without the part of the policies, and changes nothing of opening in making one', () => {
    const { sharing: _taken, ...opening } = rules.workflow.source;
    expect(sharingTable(opening)).to.equal(null);
    const before = JSON.stringify(rules.workflow.source);
    const table = sharingTable(rules.workflow.source);
    expect(JSON.stringify(rules.workflow.source)).to.equal(before);
    expect(table?.commands.withdraw).to.deep.equal(opening.commands.withdraw);
    expect(table?.stages).to.deep.equal(opening.stages);
    expect(table?.commands.advise.allow).to.deep.equal({});
  });

  const anyRecord: fc.Arbitrary<SharedRecord> = fc.record(
    {
      tier: fc.constantFrom(...TIERS),
      tierStatus: fc.constantFrom('declared' as const, 'confirmed' as const, 'pending-review' as const),
      sharingTier: fc.constantFrom(...SHARING_TIERS),
      sharingCondition: fc.constantFrom(null, { en: 'On request' }),
    },
    { requiredKeys: ['tier'] },
  );

  it('gives for any record: nothing where the sharing tier is not known, no review only where all is confirmed', () => {
    const facts = new World().datasets.get('roads');
    if (facts === undefined) throw new Error('the world has no roads');
    fc.assert(
      fc.property(anyRecord, (record) => {
        const seen = underSharing({ ...facts, ...record }, 'promise');
        const known = record.sharingTier !== undefined && record.sharingTier !== 'not-shared';
        expect(seen.tier).to.equal(record.tier === 'open' ? 'open' : known ? 'conditional' : 'restricted');
        if (seen.unconditional)
          expect([record.sharingTier, record.tierStatus, record.tier === 'restricted']).to.deep.equal([
            'unconditional',
            'confirmed',
            false,
          ]);
        expect(seen.agreementTemplate).to.equal('promise');
      }),
    );
  });
});
