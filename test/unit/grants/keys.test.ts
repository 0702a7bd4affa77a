import { expect } from 'chai';
import { create } from '../../../src/grants/domain/decide.js';
import { evolve } from '../../../src/grants/domain/evolve.js';
import type { Grant } from '../../../src/grants/domain/grant.js';
import { decideKey, MOST_KEYS } from '../../../src/grants/domain/keys.js';
import type { Delivery } from '../../../src/kernel/purpose.js';

const approval = (delivery: Delivery, members: readonly string[] = []) => ({
  application: 'app',
  number: 'A-1',
  organisation: 'org',
  holder: 'holder',
  dataset: 'ds',
  items: [],
  purpose: 'research' as const,
  scenario: 's',
  delivery,
  period: { from: '2026-12-01', to: '2027-06-30' },
  members,
  quota: null,
  conditions: [],
});
const signed = { template: 't', version: 1, hash: 'h', at: 0 };
const granted = (more: Partial<Grant> = {}, delivery: Delivery = 'api', members: readonly string[] = []): Grant => ({
  ...evolve(null, create('g', approval(delivery, members), 0)),
  agreement: signed,
  ...more,
});

describe('grants: keys for machines', () => {
  const grant = granted();
  const NOW = grant.startsAt + 1000;
  const codeOf = (of: Grant, good = 0, wanted: number | null = null, now = NOW, maker = 'li'): string => {
    const decided = decideKey(of, maker, good, wanted, now);
    return decided.ok ? 'made' : decided.error.code;
  };

  it('end when they are asked to, and with the grant at the latest', () => {
    const until = (wanted: number | null) => {
      const decided = decideKey(grant, 'li', 0, wanted, NOW);
      return decided.ok ? decided.value.expiresAt : null;
    };
    expect(until(null)).to.equal(grant.endsAt);
    expect(until(NOW + 1)).to.equal(NOW + 1);
    expect(until(grant.endsAt + 1)).to.equal(grant.endsAt);
    expect(codeOf(grant, 0, NOW)).to.equal('key-end-past');
  });

  it('are made while the grant is in force or about to be, and never while it rests or is over', () => {
    expect(codeOf(grant, 0, null, grant.startsAt - 1), 'before it begins').to.equal('made');
    expect(codeOf(grant, 0, null, grant.endsAt - 1)).to.equal('made');
    expect(codeOf(grant, 0, null, grant.endsAt)).to.equal('grant-state');
    expect(codeOf(granted({ agreement: null }))).to.equal('grant-state');
    const hold = { cause: 'supervision', reason: 'r', since: 0, until: null } as const;
    expect(codeOf(granted({ holds: [hold] }))).to.equal('grant-state');
    expect(codeOf(granted({ ending: { how: 'revoked', reason: 'r', at: 1 } }))).to.equal('grant-state');
    const quota = { reason: 'r', quota: 1, delivery: null, until: null };
    expect(codeOf(granted({ limit: quota })), 'limited, but in force').to.equal('made');
  });

  it('are for what an interface delivers, also where a limit says so', () => {
    expect(codeOf(granted({}, 'download'))).to.equal('key-needs-interface');
    expect(codeOf(granted({}, 'sandbox'))).to.equal('key-needs-interface');
    const sandbox = { reason: 'r', quota: null, delivery: 'sandbox' as const, until: null };
    expect(codeOf(granted({ limit: sandbox }))).to.equal('key-needs-interface');
  });

  it('are so many at once', () => {
    expect(codeOf(grant, MOST_KEYS - 1)).to.equal('made');
    expect(codeOf(grant, MOST_KEYS)).to.equal('too-many-keys');
  });

  it('ask for the organisation, or for the one named person who makes them', () => {
    const bearer = (of: Grant, maker: string) => {
      const decided = decideKey(of, maker, 0, null, NOW);
      return decided.ok ? decided.value.person : decided.error.code;
    };
    expect(bearer(grant, 'li')).to.equal(null);
    expect(bearer(granted({}, 'api', ['li', 'wang']), 'li')).to.equal('li');
    expect(bearer(granted({}, 'api', ['wang']), 'li')).to.equal('forbidden');
  });
});
