import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkPolicies } from '../../../src/classification/cases/run-cases.js';
import { loadPacks, requirePacks } from '../../../src/classification/packs/load.js';
import { inProject } from '../../support/project.js';

describe('rule packs on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-packs-'));
    for (const name of ['packs', 'lexicons', 'schemas', 'cases', 'condition-kinds.yaml'])
      cpSync(inProject('policies', name), join(folder, name), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const edit = (file: string, from: string | RegExp, to: string): void => {
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    expect(after, `${file} has no ${from}`).not.to.equal(before);
    writeFileSync(path, after);
  };
  const faults = (): string[] => {
    const loaded = loadPacks(folder);
    return loaded.ok ? [] : loaded.error.map((fault) => `${fault.file}: ${fault.detail}`);
  };

  it('load as shipped, with a hash that follows the content', () => {
    const before = requirePacks(folder).current('us-pod')?.pack.hash;
    edit('lexicons/1/lexicon.yaml', 'direct: [不,', 'direct: [不, 勿,');
    expect(requirePacks(folder).current('us-pod')?.pack.hash)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(before);
  });

  it('are the same ones while no byte of the folder changes, each time for somebody else to publish above', () => {
    const [one, other] = [requirePacks(folder), requirePacks(folder)];
    expect(other.all).to.have.ordered.members([...one.all]);
    one.install([]);
    one.install(one.all.slice(0, 1));
    expect(other.all.length).to.equal(one.all.length - 1);
    for (const file of [
      'lexicons/1/lexicon.yaml',
      'schemas/classification/rules.schema.json',
      'condition-kinds.yaml',
    ]) {
      const before = requirePacks(folder).all[0];
      edit(file, /$/, '\n');
      expect(requirePacks(folder).all[0], file).not.to.equal(before);
    }
  });

  it('say which file is missing', () => {
    rmSync(join(folder, 'lexicons'), { recursive: true });
    expect(faults().join()).to.match(/lexicon\.yaml/);
  });

  it('are all refused with every fault of every file told at once', () => {
    edit('packs/us-pod/2/rules.yaml', 'floor: conditional', 'floor: closed');
    edit('packs/us-pod/2/rules.yaml', 'lexicon: trade-secret', 'lexicon: no-such-list');
    edit('packs/cn-shanghai/2/rules.yaml', 'reason: named-ban', 'reason: no-such-reason');
    edit('packs/cn-shanghai/2/rules.yaml', 'id: item-birth', 'id: item-name');
    edit('packs/cn-shanghai/2/pack.yaml', 'verified: false', 'verified: maybe');
    const told = faults().join('\n');
    expect(told).to.match(/us-pod.*floor/s);
    expect(told).to.match(/cn-shanghai.*pack\.yaml.*boolean/s);
    edit('packs/us-pod/2/rules.yaml', 'floor: closed', 'floor: conditional');
    edit('packs/cn-shanghai/2/pack.yaml', 'verified: maybe', 'verified: false');
    const named = faults().join('\n');
    expect(named).to.include('unknown lexicon "no-such-list"');
    expect(named).to.include('unknown reason "no-such-reason"');
    expect(named).to.include('rule item-name is there twice');
    expect(() => requirePacks(folder)).to.throw(/not sound/);
  });

  it('are refused when a key stands twice or the folder is another version', () => {
    edit('packs/us-pod/2/pack.yaml', 'version: 2', 'version: 3');
    expect(faults().join()).to.include('do not fit the folder');
    edit('packs/us-pod/2/pack.yaml', 'sandbox-only', 'sandbox-maybe');
    expect(faults().join()).to.include('unknown kind of condition "sandbox-maybe"');
    edit('packs/us-pod/2/pack.yaml', 'version: 3', 'version: 2\nversion: 2');
    expect(faults().join()).to.include('duplicated');
  });

  it('cannot state a condition with a negation, so more evidence cannot silence a rule', () => {
    edit(
      'packs/us-pod/2/rules.yaml',
      'when: { cue: { lexicon: restricted-use',
      'when: { not: { lexicon: restricted-use',
    );
    expect(faults()).to.have.length.greaterThan(0);
  });

  it('are shown by golden cases, which fail when a rule changes its mind or loses its case', () => {
    expect(checkPolicies(folder).faults).to.deep.equal([]);
    edit('packs/cn-shanghai/2/rules.yaml', 'in: [realtime,', 'in: [yearly, realtime,');
    expect(
      checkPolicies(folder)
        .faults.map((fault) => fault.detail)
        .join(),
    ).to.include('rule continuous fired');
    edit('cases/cn-shanghai.yaml', 'fires: [level-restricted]', 'fires: []');
    expect(checkPolicies(folder).faults.map((fault) => fault.detail)).to.include(
      'no case shows rule level-restricted firing',
    );
  });
});
