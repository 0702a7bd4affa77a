import { expect } from 'chai';
import {
  decideRefresh,
  ended,
  isLive,
  rotated,
  SESSION_IDLE,
  SESSION_LIFETIME,
  type Session,
} from '../../../src/identity/domain/session.js';

const NOW = 1_800_000_000_000;
const session: Session = {
  id: 's1',
  person: 'p1',
  organisation: 'o1',
  channel: 'api',
  startedAt: NOW,
  refreshedAt: NOW,
  refreshToken: 't1',
  endedAt: null,
  endReason: null,
  version: 1,
};

describe('identity: a session and its refresh tokens', () => {
  it('rotates the current token', () => expect(decideRefresh(session, 't1', NOW + 1)).to.equal('rotate'));

  it('sees the earlier token as reuse once a newer one is out', () => {
    const next = rotated(session, 't2', NOW + 1000);
    expect(decideRefresh(next, 't2', NOW + 1001)).to.equal('rotate');
    expect(decideRefresh(next, 't1', NOW + 1001)).to.equal('reuse');
  });

  it('is over for every token of the family once it ended', () => {
    const over = ended(rotated(session, 't2', NOW), 'reuse', NOW + 5);
    for (const token of ['t1', 't2', 't3']) expect(decideRefresh(over, token, NOW + 6), token).to.equal('over');
    expect(isLive(over, NOW + 6)).to.equal(false);
  });

  it('keeps the first reason when it is ended twice', () => {
    const over = ended(ended(session, 'signed-out', NOW + 1), 'reuse', NOW + 2);
    expect([over.endReason, over.endedAt]).to.deep.equal(['signed-out', NOW + 1]);
  });

  it('ends when unused for a working day, and after a week however used', () => {
    expect(isLive(session, NOW + SESSION_IDLE - 1)).to.equal(true);
    expect(decideRefresh(session, 't1', NOW + SESSION_IDLE)).to.equal('over');
    const used = rotated(session, 't2', NOW + SESSION_LIFETIME - 1000);
    expect(isLive(used, NOW + SESSION_LIFETIME - 1)).to.equal(true);
    expect(decideRefresh(used, 't2', NOW + SESSION_LIFETIME)).to.equal('over');
  });
});
