import { expect } from 'chai';
import { ChangeFeed, type FeedView } from '../../../src/decisions/change-feed.js';
import type { AccessDeps } from '../../../src/decisions/access/ports.js';
import { testCore } from '../../fixtures/decisions/access-core.js';
import { shippedPolicy, smallWorld } from '../../fixtures/decisions/small-world.js';

const all = () => true;

/** A feed over a follower that the test moves. */
function feedAt(position: number) {
  const listeners: (() => void)[] = [];
  const follower = { position, onAdvance: (listener: () => void) => void listeners.push(listener) };
  const world = smallWorld();
  const feed = new ChangeFeed(follower, world);
  feed.begin();
  const advance = (to: number): void => {
    follower.position = to;
    for (const listener of listeners) listener();
  };
  return { feed, world, advance };
}

describe('decisions: the feed of changes', () => {
  it('tells what changed after a revision, once the world is there, with the files of a dataset', () => {
    const { feed, advance } = feedAt(7);
    feed.note({ dataset: 'ds-1' }, 9);
    feed.note({ organisation: 'org-1', dataset: 'ds-1' }, 8);
    feed.note({ person: 'person-1' }, 9);
    expect(feed.since(7, all)).to.deep.equal({ revision: 7, changes: [], resync: false });
    advance(9);
    const grant = { subject: { type: 'organisation', id: 'org-1' }, dataset: 'ds-1', distributions: ['ds-1-file'] };
    expect(feed.since(7, all).changes).to.deep.equal([
      grant,
      { dataset: 'ds-1', distributions: ['ds-1-file'] },
      { subject: { type: 'user', id: 'person-1' } },
    ]);
    expect(feed.since(8, all).changes).to.have.length(2);
    expect(feed.since(9, all)).to.deep.equal({ revision: 9, changes: [], resync: false });
  });

  it('tells of no subject that the portal does not serve', () => {
    const { feed, advance } = feedAt(7);
    feed.note({ organisation: 'org-1', dataset: 'ds-1' }, 8);
    feed.note({ dataset: 'ds-1' }, 8);
    advance(8);
    const { changes } = feed.since(7, ({ subjectId }) => subjectId !== 'org-1');
    expect(changes).to.deep.equal([{ dataset: 'ds-1', distributions: ['ds-1-file'] }]);
  });

  it('says to forget everything before its beginning, beyond what it keeps, and on too much to name', () => {
    const { feed, advance } = feedAt(7);
    expect(feed.since(6, all).resync).to.equal(true);
    expect(feed.since(null, all)).to.deep.equal({ revision: 7, changes: [], resync: true });
    for (let at = 8; at < 20_008; at++) feed.note({ organisation: `org-${at}` }, at);
    advance(20_007);
    expect(feed.since(7, all).resync).to.equal(true);
    expect(feed.since(18_000, all).resync, 'more than a thousand').to.equal(true);
    expect(feed.since(19_500, all).changes).to.have.length(507);
  });

  it('says to forget everything where one step brought more than it takes in, and goes on from there', () => {
    const { feed, advance } = feedAt(7);
    for (let at = 8; at < 300_000; at++) feed.note({ dataset: 'ds-1' }, at);
    advance(299_999);
    expect(feed.since(299_998, all)).to.deep.equal({ revision: 299_999, changes: [], resync: true });
    feed.note({ dataset: 'ds-1' }, 300_000);
    advance(300_000);
    expect(feed.since(299_999, all).changes).to.have.length(1);
  });

  it('wakes whoever waits: on news, on a row changed by hand, when they leave, and at the end', async () => {
    const { feed, advance } = feedAt(7);
    const waits = () => feed.next(60_000);
    const news = waits();
    feed.note({ dataset: 'ds-1' }, 8);
    advance(8);
    expect(await news).to.equal('news');
    const forget = waits();
    feed.reset();
    expect(await forget).to.equal('forget');
    const gone = new AbortController();
    const left = feed.next(60_000, gone.signal);
    gone.abort();
    expect(await left).to.equal('left');
    const last = waits();
    feed.release();
    expect([await last, feed.isReleased]).to.deep.equal(['left', true]);
    expect(await feed.next(1)).to.equal('time');
  });
});

describe('decisions: GET /access/v1/changes', () => {
  const asked = async (query: string, more: Partial<AccessDeps> = {}, as = 'portal') => {
    const { feed, world, advance } = feedAt(7);
    const core = testCore(world, await shippedPolicy(), { changes: feed, ...more }, as);
    const ask = async (search: string, headers = {}) => {
      const { status, json } = await core.get(`/access/v1/changes${search}`, headers);
      return { status, body: json as unknown as FeedView & { code?: string } };
    };
    return { feed, advance, ask, ...(await ask(query)) };
  };

  it('says where it is, and answers at once where there is something', async () => {
    const { body, ask, feed, advance } = await asked('');
    expect(body).to.deep.equal({ revision: 7, changes: [], resync: true });
    feed.note({}, 8);
    advance(8);
    expect((await ask('?after=7')).body).to.deep.equal({ revision: 8, changes: [{}], resync: false });
  });

  it('waits for news, no longer than it was told to', async () => {
    const { ask, feed, advance } = await asked('');
    const waiting = ask('?after=7&wait=20');
    feed.note({ organisation: 'org-1' }, 8);
    advance(8);
    expect((await waiting).body.changes).to.deep.equal([{ subject: { type: 'organisation', id: 'org-1' } }]);
    const from = performance.now();
    expect((await ask('?after=8&wait=1')).body).to.deep.equal({ revision: 8, changes: [], resync: false });
    expect(performance.now() - from).to.be.within(900, 5000);
  });

  it('goes on waiting where only what others are served changed', async () => {
    const { ask, feed, advance } = await asked('', { serves: (_portal, { subjectId }) => subjectId !== 'org-1' });
    const waiting = ask('?after=7&wait=1');
    feed.note({ organisation: 'org-1' }, 8);
    advance(8);
    expect((await waiting).body).to.deep.equal({ revision: 8, changes: [], resync: false });
  });

  it('has whoever waits forget everything when a row was changed by hand, or the position is of another history', async () => {
    const { ask, feed } = await asked('');
    const waiting = ask('?after=7&wait=20');
    feed.reset();
    expect((await waiting).body.resync).to.equal(true);
    expect((await ask('?after=99&wait=0')).body.resync).to.equal(true);
  });

  it('holds sixteen requests of a portal, and no more', async () => {
    const { ask, feed } = await asked('');
    const held = Array.from({ length: 16 }, () => ask('?after=7&wait=20'));
    expect((await ask('?after=7&wait=20')).body.code).to.equal('unavailable');
    feed.release();
    expect((await Promise.all(held)).map(({ status }) => status)).to.deep.equal(Array(16).fill(200));
    expect((await ask('?after=7&wait=20')).status).to.equal(200);
  });

  it('is for portals, and reads whole numbers', async () => {
    expect((await asked('', {}, 'person')).body.code).to.equal('forbidden');
    for (const query of ['?after=-1', '?after=x', '?after=1&after=2', '?wait=26', '?since=1', '?after='])
      expect((await asked(query)).body.code, query).to.equal('invalid-query');
  });
});
