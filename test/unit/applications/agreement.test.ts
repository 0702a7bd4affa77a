import { expect } from 'chai';
import { allowedCommands } from '../../../src/applications/domain/decide.js';
import { waitingFor } from '../../../src/applications/domain/turn.js';
import { rules, type World, worldAt } from './world.js';

const SIGNING = { version: 2, hash: 'h2' };

function asking(execution: 'counter-signature' | 'sealed-document', world = worldAt('approved')): World {
  world.agreement = { template: 'template', ...SIGNING, execution };
  return world;
}
const turnOf = (world: World) => waitingFor(rules, world.current, world.facts('handler'));
const told = (world: World): string[] => world.events.slice(-2).map(({ event }) => event.replace('application.', ''));

describe('agreements that the holder signs, too', () => {
  it('are concluded by the second signature, and the ball is with the holder until then', () => {
    const world = asking('counter-signature');
    world.does('signatory', 'accept-agreement', SIGNING);
    expect(world.current.state).to.equal('approved');
    expect(turnOf(world)).to.deep.equal({ role: 'reviewer', organisation: 'transport' });
    expect(world.fails('reviewer', 'counter-sign', { ...SIGNING, hash: 'h1' }).code).to.equal('agreement-changed');
    world.does('reviewer', 'counter-sign', SIGNING);
    expect(told(world)).to.deep.equal(['agreement-counter-signed', 'concluded']);
    expect(turnOf(world)).to.equal(null);
    expect(world.refolded()).to.deep.equal(world.current);
    expect(world.fails('reviewer-2', 'counter-sign', SIGNING).code).to.equal('no-counter-signature');
  });

  it('are never signed for the holder by the applicant’s side, by whoever ruled, or with a conflict', () => {
    const world = asking('counter-signature');
    world.does('signatory', 'accept-agreement', SIGNING);
    expect(world.fails('signatory', 'counter-sign', SIGNING).code).to.equal('applicant-side');
    expect(world.fails('reviewer-of-parent', 'counter-sign', SIGNING).code).to.equal('applicant-side');
    expect(world.fails('approver', 'counter-sign', SIGNING).code).to.equal('command-not-yours');
    const relation = asking('counter-signature');
    relation.does('signatory', 'accept-agreement', SIGNING);
    relation.applicant = { ...relation.applicant, parent: 'transport' };
    expect(relation.fails('reviewer', 'counter-sign', SIGNING).code, 'a relation that arose later').to.equal(
      'applicant-side',
    );
  });

  it('come back with a reason, and are accepted again', () => {
    const world = asking('sealed-document');
    world.does('signatory', 'accept-agreement', { ...SIGNING, document: 'sealed' });
    world.does('reviewer', 'return-agreement', { reason: 'The seal is missing.' });
    expect(turnOf(world)?.role).to.equal('signatory');
    world.documents = { again: 'application/pdf' };
    world.does('signatory', 'accept-agreement', { ...SIGNING, document: 'again' });
    world.does('reviewer-2', 'counter-sign', SIGNING);
    expect(world.current.state).to.equal('concluded');
    expect(world.current.sealed, 'what came back is kept').to.deep.equal(['sealed', 'again']);
  });

  it('take a PDF of the applicant where the template asks for a sealed document, and nowhere else', () => {
    const sealed = asking('sealed-document');
    for (const document of [undefined, 'scan', 'of-another'])
      expect(
        sealed.fails('signatory', 'accept-agreement', { ...SIGNING, ...(document && { document }) }).code,
        document,
      ).to.equal('sealed-document');
    const plain = worldAt('approved');
    const body = { version: 1, hash: 'h1', document: 'sealed' };
    expect(plain.fails('signatory', 'accept-agreement', body).code).to.equal('sealed-document');
  });

  it('go back to the signatory when a later version comes before the second signature', () => {
    const world = asking('counter-signature');
    world.does('signatory', 'accept-agreement', SIGNING);
    world.agreement = { template: 'template', version: 3, hash: 'h3' };
    expect(turnOf(world)?.role).to.equal('signatory');
    expect(world.fails('reviewer', 'counter-sign', SIGNING).code).to.equal('no-counter-signature');
    world.does('signatory', 'accept-agreement', { version: 3, hash: 'h3' });
    expect(world.current.state).to.equal('concluded');
  });

  it('leave out what cannot be granted any more, and are not signed where nothing is left', () => {
    const world = asking('counter-signature');
    world.does('signatory', 'accept-agreement', SIGNING);
    world.put('roads', { state: 'withdrawn' });
    expect(allowedCommands(rules, world.current, world.facts('reviewer'))).to.not.include('counter-sign');
    expect(world.fails('reviewer', 'counter-sign', SIGNING).code).to.equal('dataset-unavailable');
  });
});
