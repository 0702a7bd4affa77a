import { expect } from 'chai';
import fc from 'fast-check';
import { FACT_NAMES, FACTS, namesOf, vectorOf } from '../../../src/decisions/domain/facts.js';
import { admits, boxOf, uncovered, type Box } from '../../../src/decisions/domain/rows.js';
import {
  loadPolicy,
  PolicyInForce,
  type PolicySource,
  readPolicySource,
} from '../../../src/decisions/policy-loader.js';
import { POLICIES, shippedPolicy } from '../../fixtures/decisions/small-world.js';
import { anyVector } from '../../fixtures/decisions/random-world.js';

const without = (source: PolicySource, more: Partial<PolicySource>): PolicySource => ({ ...source, ...more });

/** Replaces one piece of the rows and says whether the load is refused, and with which words. */
async function faultsAfter(change: (rows: string) => string): Promise<string> {
  const source = await readPolicySource(POLICIES);
  const rows = change(source.rows);
  expect(rows, 'the change must change something').to.not.equal(source.rows);
  const loaded = await loadPolicy(without(source, { rows }));
  return 'faults' in loaded ? loaded.faults.join('\n') : 'loaded';
}

const addRow = (row: string) => (rows: string) => rows.replace('\np, no-rule,', `\n${row}\np, no-rule,`);
const addFirst = (row: string) => (rows: string) =>
  rows.replace('\np, action-unknown,', `\n${row}\np, action-unknown,`);

const KNOWN = FACT_NAMES.filter((name) => name !== 'tier' && name !== 'grant');
const GIFT = `(r.grant == 'none' || r.grant == 'not-needed') && ${KNOWN.map(
  (name) =>
    `(${FACTS[name]
      .slice(1)
      .map((value) => `r.${name} == '${value}'`)
      .join(' || ')})`,
).join(' && ')}`;

describe('decisions: checks of the access policy at load', () => {
  it('loads the shipped policy with every golden case', async () => {
    const policy = await shippedPolicy();
    expect(policy.rows.length).to.be.within(10, 64);
    expect((await readPolicySource(POLICIES)).cases.length).to.be.greaterThan(50);
    const used = new Set((await readPolicySource(POLICIES)).cases.map(({ row }) => row));
    expect(policy.rows.map(({ id }) => id).filter((id) => !used.has(id))).to.deep.equal([]);
  });

  it('refuses an attribute that is not of the vector', async () => {
    expect(await faultsAfter(addFirst("p, x, deny, no-rule, none, , r.colour == 'red'"))).to.include('no fact colour');
  });

  it('refuses a value the fact does not have', async () => {
    expect(await faultsAfter(addFirst("p, x, deny, no-rule, none, , r.tier == 'Open'"))).to.include(
      'tier has no value Open',
    );
  });

  it('refuses anything that is not a plain comparison', async () => {
    expect(await faultsAfter(addFirst('p, x, deny, no-rule, none, , r.tier != r.grant'))).to.include(
      'not a comparison',
    );
    expect(await faultsAfter(addFirst('p, x, allow, no-rule, none, , 1 == 1'))).to.include('not a comparison');
  });

  it('refuses a row that nothing reaches', async () => {
    const late = "p, late, allow, granted, none, , r.grant == 'revoked'";
    expect(await faultsAfter(addRow(late))).to.include('row late: no question reaches it');
  });

  it('refuses a permit above a deny', async () => {
    const early = "p, early, allow, granted, none, , r.tier == 'conditional' && r.purpose == 'match'";
    expect(await faultsAfter(addFirst(early))).to.include('a deny below a permit never protects');
  });

  it('refuses a permit that an unknown fact can reach', async () => {
    const dropped = await faultsAfter((rows) => rows.replace(/^p, sanction-unknown.*$/m, ''));
    expect(dropped).to.include('permits while sanction is unknown');
  });

  it('refuses a permit of closed data without a grant: searches look for nobody else', async () => {
    const gift = (tier: string) =>
      faultsAfter((rows) =>
        rows
          .replace(/^p, (tier-restricted|grant-none|anonymous-no-grant),.*$/gm, '')
          .replace(
            '\np, open-data,',
            `\np, gift, allow, granted, none, , ${GIFT} && r.tier == '${tier}'\np, open-data,`,
          ),
      );
    for (const tier of ['conditional', 'restricted'])
      expect(await gift(tier)).to.include('row gift: permits data that is not open without a grant');
    expect(await gift('open')).to.not.include('without a grant');
  });

  it('refuses a policy whose last row does not deny everything', async () => {
    expect(await faultsAfter((rows) => rows.replace(/^p, no-rule.*$/m, ''))).to.include('the last row must deny');
  });

  it('refuses effects, reasons, steps and obligations that are not known', async () => {
    const faults = await faultsAfter(addFirst("p, x, Deny, nope, nowhere, sing, r.tier == 'unknown'"));
    for (const word of ['effect Deny', 'reason nope', 'next step nowhere', 'obligation sing'])
      expect(faults).to.include(word);
  });

  it('refuses a model with another vector or another effect', async () => {
    const source = await readPolicySource(POLICIES);
    const short = await loadPolicy(without(source, { model: source.model.replace(', freshness', '') }));
    expect('faults' in short && short.faults.join()).to.include('must be the fact vector');
    const effect = source.model.replace('priority(p.eft) || deny', 'some(where (p.eft == allow))');
    const other = await loadPolicy(without(source, { model: effect }));
    expect('faults' in other && other.faults.join()).to.include('effect');
  });

  it('refuses a policy that fails a golden case', async () => {
    const source = await readPolicySource(POLICIES);
    const wrong = { name: 'asked for', facts: { tier: 'open' }, row: 'granted' };
    const loaded = await loadPolicy(without(source, { cases: [wrong] }));
    expect('faults' in loaded && loaded.faults.join()).to.include('asked for: expected row granted');
  });

  it('keeps the last good version when a new one is refused, and swaps a good one as a whole', async () => {
    const source = await readPolicySource(POLICIES);
    const held = await PolicyInForce.start(source);
    const before = held.current;
    expect(await held.replace(without(source, { rows: 'p, x, allow, granted, none, , true' }))).to.not.deep.equal([]);
    expect(held.current).to.equal(before);
    expect(await held.replace(without(source, { rows: `# a comment\n${source.rows}` }))).to.deep.equal([]);
    expect(held.current.version).to.not.equal(before.version);
    expect(held.current.memo).to.not.equal(before.memo);
  });

  it('decides as the first row that admits the vector, for random vectors', async () => {
    const policy = await shippedPolicy();
    const boxes = policy.rows.map(({ when }) => (boxOf(when) as { box: Box }).box);
    fc.assert(
      fc.property(anyVector, (vector) => {
        const first = boxes.findIndex((box) => admits(box, vector));
        expect(policy.rowFor(vector)).to.equal(first, namesOf(vector).join(' '));
      }),
      { numRuns: 1500 },
    );
  });

  it('finds a witness exactly when earlier boxes leave one', () => {
    const box = (when: string): Box => (boxOf(when) as { box: Box }).box;
    expect(uncovered(box("r.tier == 'open'"), [box("r.subject == 'person'")])).to.not.equal(null);
    const halves =
      FACT_NAMES.length > 0
        ? [
            box("(r.tier == 'open' || r.tier == 'unknown' || r.tier == 'shared')"),
            box("(r.tier == 'conditional' || r.tier == 'restricted' || r.tier == 'not-shared')"),
          ]
        : [];
    expect(uncovered(box('true'), halves)).to.equal(null);
    expect(vectorOf({}).length).to.equal(FACT_NAMES.length);
  });
});
