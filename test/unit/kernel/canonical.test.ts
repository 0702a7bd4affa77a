import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/kernel/canonical.js';

/** Keys in another order, all the way down. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, member]) => [key, shuffled(member)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('canonical JSON', () => {
  it('is the same for equal values, however their members are ordered, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).to.equal(text);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('orders members by UTF-16 code units and leaves absent ones out', () => {
    const value = { b: 1, a: undefined, '😀': 2, '\uffff': 3, A: [undefined, null, { z: 1, y: 'é"' }], 10: 4, 9: 5 };
    expect(canonicalJson(value)).to.equal('{"10":4,"9":5,"A":[null,null,{"y":"é\\"","z":1}],"b":1,"😀":2,"\uffff":3}');
    expect([
      canonicalJson([]),
      canonicalJson({}),
      canonicalJson({ a: undefined }),
      canonicalJson(undefined),
    ]).to.deep.equal(['[]', '{}', '{}', 'null']);
  });
});
