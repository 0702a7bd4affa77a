import { expect } from 'chai';
import fc from 'fast-check';
import type { DatasetFacts } from '../../../src/decisions/domain/dataset-entry.js';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { Question } from '../../../src/decisions/domain/question.js';
import type { World } from '../../../src/decisions/domain/world.js';
import { testCore } from '../../fixtures/decisions/access-core.js';
import type { PlainWorld } from '../../fixtures/decisions/plain-world.js';
import { anyPlainWorld, anyQuestion, worldOf } from '../../fixtures/decisions/random-world.js';
import {
  dataset,
  NOW,
  question,
  shippedPolicy,
  smallWorld,
  type TestGrant,
} from '../../fixtures/decisions/small-world.js';

const VIEWS = { open: ['a'], conditional: ['a', 'b'] };

/** A dataset that is stricter than some of its items: those may be asked for alone. */
describe('decisions: views of a stricter dataset', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });

  // oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
  const said = async (core: ReturnType<typeof testCore>, path: string, body: object): Promise<any> =>
    (await core.post(`/access/v1/${path}`, body)).json;
  const viewed = (more: Partial<DatasetFacts> = {}, grant: Partial<TestGrant> = {}): World => {
    const world = smallWorld(grant);
    world.putDataset(dataset('ds-1', { tier: 'restricted', views: VIEWS, ...more }));
    return world;
  };
  const ask = (world: World, items: readonly string[] | null, more: Parameters<typeof question>[0] = {}) => {
    const { row, permit } = decide(question({ items, ...more }), world, policy, NOW);
    return [permit, policy.rows[row]?.reason];
  };
  const ANYBODY = { subjectType: 'anonymous', subjectId: 'anonymous' };

  it('serve open items to everyone, and items of a condition to who has a grant', () => {
    expect(ask(viewed(), ['a'], ANYBODY)).to.deep.equal([true, 'open-data']);
    expect(ask(viewed(), ['a', 'b'], ANYBODY)).to.deep.equal([false, 'sign-in-required']);
    expect(ask(viewed(), ['a', 'b'])).to.deep.equal([true, 'granted']);
    expect(ask(viewed({}, { items: ['a'] }), ['a', 'b']), 'a grant of less').to.deep.equal([
      false,
      'items-partly-covered',
    ]);
    expect(ask(viewed({ tier: 'conditional', views: { open: ['a'], conditional: [] } }), ['a'], ANYBODY)).to.deep.equal(
      [true, 'open-data'],
    );
  });

  it('serve nothing else: not the whole, not one item more, none that is not there', () => {
    for (const items of [null, ['a', 'c'], ['c'], ['a', 'z'], ['z']])
      expect(ask(viewed(), items), JSON.stringify(items)).to.deep.equal([false, 'restricted']);
    expect(ask(viewed(), ['a'], { action: 'read' }), 'the record is one for all items').to.deep.equal([
      false,
      'restricted',
    ]);
    const file = { resourceType: 'distribution', resourceId: 'ds-1-file' };
    expect(ask(viewed(), ['a'], file), 'cut to the item').to.deep.equal([true, 'open-data']);
    for (const items of [null, ['a', 'c']]) expect(ask(viewed(), items, file)).to.deep.equal([false, 'restricted']);
    const stricter = viewed({
      tier: 'conditional',
      views: { open: ['a'], conditional: [] },
      distributions: [{ id: 'ds-1-file', tier: 'restricted', kind: 'file' }],
    });
    expect(ask(stricter, ['a'], file), 'a file of another tier').to.deep.equal([false, 'restricted']);
    expect(ask(viewed({ views: undefined }), ['a']), 'without the view').to.deep.equal([false, 'restricted']);
    expect(ask(viewed({ tier: null }), ['a']), 'no tier is known').to.deep.equal([false, 'unknown-tier']);
  });

  it('are served like other open data otherwise: not what rests, in no way that is not offered, of no suspended dataset', () => {
    expect(ask(viewed({ resting: ['a'] }), ['a'])).to.deep.equal([false, 'dataset-suspended']);
    expect(ask(viewed({ resting: ['b'] }), ['a'])[0]).to.equal(true);
    expect(ask(viewed(), ['a'], { action: 'api' })).to.deep.equal([false, 'delivery-not-offered']);
    expect(ask(viewed({ state: 'suspended' }), ['a'])).to.deep.equal([false, 'dataset-suspended']);
    expect(ask(viewed({ intact: false }), ['a'])).to.deep.equal([false, 'record-tampered']);
  });

  it('are masked, and named to who asks for all of it where everyone may have them', async () => {
    const body = (items: readonly string[]) => ({
      subject: { type: 'anonymous', id: 'anonymous' },
      resource: { type: 'dataset', id: 'ds-1', ...(items.length > 0 && { properties: { items } }) },
      action: { name: 'download' },
    });
    const core = testCore(viewed(), policy);
    const told = (items: readonly string[]) => said(core, 'evaluation', body(items));
    const whole = await told([]);
    expect([whole.decision, whole.context.reason.code]).to.deep.equal([false, 'restricted']);
    expect(whole.context.items).to.deep.equal({ covered: ['a'], missing: ['b', 'c'] });
    const part = await told(whole.context.items.covered);
    expect(part.decision).to.equal(true);
    expect(part.context.obligations).to.deep.include({ type: 'mask', keep: ['a'] });
    expect((await told(['b'])).context.items, 'nothing of it is open').to.equal(undefined);
  });

  it('are found by a search that names the items, in lists of data and of whom it may serve', async () => {
    const core = testCore(viewed(), policy);
    const properties = { items: ['a'] };
    const found = async (kind: string, of: object): Promise<string[]> =>
      (await said(core, `search/${kind}`, { action: { name: 'download' }, ...of })).results.map(
        ({ id }: { id: string }) => id,
      );
    const nobody = { type: 'anonymous', id: 'anonymous' };
    expect(await found('resource', { subject: nobody, resource: { type: 'dataset', properties } })).to.deep.equal([
      'ds-1',
      'ds-open',
    ]);
    expect(await found('resource', { subject: nobody, resource: { type: 'dataset' } })).to.deep.equal(['ds-open']);
    const who = { subject: { type: 'organisation' }, resource: { type: 'dataset', id: 'ds-1', properties } };
    expect(await found('subject', who)).to.include.members(['org-1', 'publisher-1']);
  });

  it('name in a denial what is then permitted, whatever is asked and of whatever world', function () {
    this.timeout(120_000);
    let told = 0;
    const one = async (plain: PlainWorld, questions: Question[]) => {
      const core = testCore(worldOf(plain), policy);
      for (const { subjectType, subjectId, organisation, resourceId, publisher, items, action, purpose } of questions) {
        const asked = (named: readonly string[] | null | undefined) => ({
          subject: { type: subjectType, id: subjectId, properties: { organisation } },
          resource: { type: 'dataset', id: resourceId, properties: { publisher, ...(named && { items: named }) } },
          action: { name: action },
          context: { ...(purpose !== null && { purpose }) },
        });
        const { context } = await said(core, 'evaluation', asked(items));
        if (!['restricted', 'no-grant', 'sign-in-required'].includes(context.reason.code)) continue;
        if (context.items === undefined) continue;
        told += 1;
        const again = await said(core, 'evaluation', asked(context.items.covered));
        expect([again.decision, again.context.reason.code]).to.deep.equal([true, 'open-data']);
      }
    };
    return fc
      .assert(fc.asyncProperty(anyPlainWorld, fc.array(anyQuestion, { minLength: 20, maxLength: 20 }), one), {
        numRuns: 1000,
      })
      .then(() => expect(told, 'silence would prove nothing').to.be.greaterThan(60));
  });
});
