import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { checkPolicies, type GoldenCase } from '../../src/classification/cases/run-cases.js';
import { loadPacks } from '../../src/classification/packs/load.js';
import { inProject } from '../support/project.js';

interface CaseFile {
  readonly pack: string;
  readonly cases: readonly GoldenCase[];
}
const PACKS = ['cn-shanghai', 'cn-zhejiang-2350', 'eu-dcat', 'us-pod'] as const;

describe('golden cases of the rule packs', () => {
  it('all hold, and show every rule firing and staying silent', () => {
    const { packs, rules, cases, faults } = checkPolicies();
    console.log(`      ${packs} packs, ${rules} rules, ${cases} cases`);
    expect(faults).to.deep.equal([]);
    expect(rules).to.be.at.least(50);
    expect(cases).to.be.at.least(rules);
  });

  describe('of every pack', () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'tiergate-cases-'));
      cpSync(inProject('policies'), root, { recursive: true });
    });
    afterEach(() => rmSync(root, { recursive: true }));

    const fileOf = (pack: string): string => join(root, 'cases', `${pack}.yaml`);
    /** What is said once the cases of a pack no longer name any rule on this side. */
    const faultsWithout = (pack: string, side: 'fires' | 'notFires'): string[] => {
      const file = parse(readFileSync(fileOf(pack), 'utf8')) as CaseFile;
      const cases = file.cases.map((one) => ({ ...one, expect: { ...one.expect, [side]: [] } }));
      writeFileSync(fileOf(pack), stringify({ ...file, cases }));
      return checkPolicies(root).faults.map(({ detail }) => detail);
    };
    const rulesOf = (pack: string): readonly string[] => {
      const loaded = loadPacks(root);
      if (!loaded.ok) throw new Error('the packs do not load');
      return loaded.value.current(pack)?.pack.rules.map(({ id }) => id) ?? [];
    };

    it('is asked of every pack that is shipped', () => {
      const loaded = loadPacks(root);
      expect(loaded.ok && loaded.value.inForce.map(({ pack }) => pack.id).sort()).to.deep.equal([...PACKS]);
    });

    for (const pack of PACKS)
      it(`${pack}: miss each rule that no case shows firing, and each that none shows staying silent`, () => {
        const rules = rulesOf(pack);
        expect(rules.length).to.be.above(5);
        expect(faultsWithout(pack, 'notFires')).to.include.members(
          rules.map((id) => `no case shows rule ${id} staying silent`),
        );
        expect(faultsWithout(pack, 'fires')).to.include.members(rules.map((id) => `no case shows rule ${id} firing`));
      });

    it('fail when one case that shows a rule staying silent is taken out', () => {
      const file = parse(readFileSync(fileOf('us-pod'), 'utf8')) as CaseFile;
      const silent = file.cases.flatMap(({ expect: { notFires = [] } }) => notFires);
      const once = silent.find((id) => silent.indexOf(id) === silent.lastIndexOf(id)) ?? '';
      const cases = file.cases.filter(({ expect: { notFires = [] } }) => !notFires.includes(once));
      writeFileSync(fileOf('us-pod'), stringify({ ...file, cases }));
      expect(checkPolicies(root).faults.map(({ detail }) => detail)).to.include(
        `no case shows rule ${once} staying silent`,
      );
    });
  });
});
