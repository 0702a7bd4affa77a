import { expect } from 'chai';
import { create } from '../../../src/grants/domain/decide.js';
import { evolve } from '../../../src/grants/domain/evolve.js';
import type { Grant } from '../../../src/grants/domain/grant.js';
import { type LinkedDistribution, reachOf, type SandboxPointer } from '../../../src/grants/reach-of-grant.js';
import type { Delivery } from '../../../src/kernel/purpose.js';

const file: LinkedDistribution = { id: 'd/1', title: { en: 'Table' }, kind: 'file', url: null };
const api: LinkedDistribution = { id: 'd2', title: { en: 'Service' }, kind: 'api', url: 'https://api.example.org' };
const room: SandboxPointer = { text: { en: 'Room 4' }, url: 'https://sandbox.example.org' };

function granted(delivery: Delivery, agreed = true): Grant {
  const approval = {
    application: 'app',
    number: 'A-1',
    organisation: 'org',
    holder: 'holder',
    dataset: 'ds',
    items: [],
    purpose: 'research',
    scenario: 's',
    delivery,
    period: { from: '2026-12-01', to: '2027-06-30' },
    members: [],
    quota: null,
    conditions: [],
  } as const;
  const grant = evolve(null, create('g', approval, 0));
  return { ...grant, agreement: agreed ? { template: 't', version: 1, hash: 'h', at: 0 } : null };
}

describe('grants: where the data is', () => {
  const offered = (...distributions: LinkedDistribution[]) => ({ distributions, sandbox: room });
  const hrefs = (delivery: Delivery, ...all: LinkedDistribution[]) => {
    const { links, noLinks } = reachOf(granted(delivery), true, offered(...all));
    return [links.map(({ href }) => href), noLinks];
  };

  it('is what is offered in the granted way', () => {
    expect(hrefs('download', file, api)).to.deep.equal([['/files/d%2F1'], null]);
    expect(hrefs('api', file, api)).to.deep.equal([['https://api.example.org'], null]);
  });

  it('is nowhere to be linked in a secure environment, or where nothing is offered so', () => {
    expect(hrefs('sandbox', file, api)).to.deep.equal([[], 'sandbox']);
    expect(hrefs('api', file)).to.deep.equal([[], 'not-offered']);
    expect(hrefs('download', api)).to.deep.equal([[], 'not-offered']);
  });

  it('is told to those who hold the grant, once they have agreed', () => {
    const nothing = { links: [], noLinks: null, sandbox: null };
    for (const delivery of ['download', 'sandbox'] as const) {
      expect(reachOf(granted(delivery), false, offered(file))).to.deep.equal(nothing);
      expect(reachOf(granted(delivery, false), true, offered(file))).to.deep.equal(nothing);
    }
  });

  it('is the secure environment where the data is used in one, and there alone', () => {
    const sandboxOf = (delivery: Delivery, sandbox: SandboxPointer | null) =>
      reachOf(granted(delivery), true, { distributions: [file, api], sandbox }).sandbox;
    expect(sandboxOf('sandbox', room)).to.deep.equal(room);
    expect(sandboxOf('sandbox', null)).to.equal(null);
    expect(sandboxOf('download', room)).to.equal(null);
    expect(sandboxOf('api', room)).to.equal(null);
    expect(reachOf(granted('sandbox'), true, undefined)).to.deep.equal({
      links: [],
      noLinks: 'sandbox',
      sandbox: null,
    });
  });
});
