import { expect } from 'chai';
import fc from 'fast-check';
import {
  decidePublish,
  decideRelease,
  RELEASE_COMMANDS,
  RELEASE_STATES,
  type Release,
  releaseCommands,
} from '../../../src/classification/domain/pack-release.js';

const release = (more: Partial<Release> = {}): Release => ({
  state: 'proposed',
  author: 'anna',
  proposedBy: 'ben',
  basedOn: 'h1',
  ...more,
});
const READY = { inForce: 'h1', rehearsed: true };
const codeOf = (outcome: ReturnType<typeof decidePublish>): string => (outcome.ok ? 'done' : outcome.error.code);

describe('classification: a pack on its way to being law', () => {
  it('is published by somebody who neither wrote nor proposed it', () => {
    const by = (actor: string): string => codeOf(decidePublish(release(), [actor], READY));
    expect([by('anna'), by('ben'), by('clara')]).to.deep.equal(['own-pack', 'own-pack', 'done']);
    expect(codeOf(decidePublish(release({ proposedBy: 'anna' }), ['anna'], READY))).to.equal('own-pack');
    const second = ['anna-2', 'anna'];
    expect(codeOf(decidePublish(release({ proposedBy: 'anna' }), second, READY)), 'nor by another account').to.equal(
      'own-pack',
    );
  });

  it('is published only on top of what is in force, and after a rehearsal of it as it stands', () => {
    expect(codeOf(decidePublish(release(), ['clara'], { ...READY, inForce: 'h2' }))).to.equal('pack-superseded');
    expect(codeOf(decidePublish(release(), ['clara'], { ...READY, rehearsed: false }))).to.equal('rehearsal-missing');
    expect(codeOf(decidePublish(release({ state: 'draft' }), ['clara'], READY))).to.equal('pack-state');
    expect(codeOf(decidePublish(release({ state: 'published' }), ['clara'], READY))).to.equal('pack-state');
  });

  it('advertises exactly what it would accept', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RELEASE_STATES),
        fc.constantFrom('anna', 'ben', 'clara'),
        fc.option(fc.constantFrom('anna', 'ben')),
        (state, actor, proposedBy) => {
          const one = release({ state, proposedBy });
          const offered = releaseCommands(one, [actor]);
          for (const command of RELEASE_COMMANDS)
            expect(decideRelease(one, command, [actor]).ok, `${state} ${command}`).to.equal(offered.includes(command));
        },
      ),
    );
  });
});
