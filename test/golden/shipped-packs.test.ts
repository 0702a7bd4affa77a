import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { requirePacks } from '../../src/classification/index.js';
import { inProject } from '../support/project.js';

const RECORDED = 'test/fixtures/shipped-packs.yaml';

/**
 * What was shipped stays as it was: assessments in people's databases name a version by its hash, and replay only while
 * it is there. The hash covers rules, words, column types and governance.
 */
describe('shipped versions of rule packs', () => {
  const recorded = load(readFileSync(inProject(...RECORDED.split('/')), 'utf8')) as Record<string, string>;
  const packs = requirePacks().all.map(({ pack }) => pack);
  const shipped = Object.fromEntries(packs.map(({ id, version, hash }) => [`${id}/${version}`, hash]));

  for (const [name, hash] of Object.entries(recorded))
    it(`${name} is as it was shipped`, () => {
      const rule = 'a shipped version never changes: leave it, and write what is new as the next number beside it';
      expect(shipped[name], rule).to.equal(hash);
    });

  it('are all recorded, so that none changes unseen', () => {
    expect(Object.keys(shipped), `add the new version and its hash to ${RECORDED}`).to.have.members(
      Object.keys(recorded),
    );
  });

  it('say how tiers are governed, in the version in force', () => {
    for (const { pack } of requirePacks().inForce) {
      expect(pack.governance, pack.id).to.not.equal(undefined);
      expect(pack.governance?.verified, `${pack.id}: nothing of it was read in a law`).to.equal(false);
    }
  });

  it('are told apart by a single word, also one of the lists they share', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-packs-'));
    try {
      cpSync(inProject('policies'), folder, { recursive: true });
      const lexicon = join(folder, 'lexicons', '1', 'lexicon.yaml');
      const words = readFileSync(lexicon, 'utf8');
      writeFileSync(lexicon, words.replace('身份证', '身份証'));
      for (const { pack } of requirePacks(folder).all)
        expect(pack.hash, `${pack.id}/${pack.version}`).to.not.equal(recorded[`${pack.id}/${pack.version}`]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
