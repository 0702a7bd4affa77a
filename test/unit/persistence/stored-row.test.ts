import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/kernel/canonical.js';
import { rowHash, textOfRow } from '../../../src/persistence/row-hash.js';
import { StoredRow } from '../../../src/persistence/stored-row.js';

type Given = Readonly<Record<string, unknown>>;
const members = fc.dictionary(fc.string(), fc.jsonValue());
/** The row as a database gives it back whose texts were written by this way of writing. */
const stored = (given: Given, spelt: (value: unknown) => string): StoredRow<Given> =>
  new StoredRow('note', given, () => textOfRow(new Map(Object.keys(given).map((name) => [name, spelt(given[name])]))));

describe('a row as it stands in the database', () => {
  it('is what its own hash names, in canonical spelling as in any other', () => {
    fc.assert(
      fc.property(members, (given) => {
        const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
        for (const spelt of [canonicalJson, JSON.stringify, (value: unknown) => JSON.stringify(value, null, 1)])
          expect(stored(present, spelt).isOf(rowHash('note', present))).to.equal(true);
      }),
    );
  });

  it('is not what the hash of another row names, nor what no entry names', () => {
    fc.assert(
      fc.property(members, members, (given, other) => {
        fc.pre(canonicalJson(given) !== canonicalJson(other));
        expect(stored(given, canonicalJson).isOf(rowHash('note', other))).to.equal(
          rowHash('note', given) === rowHash('note', other),
        );
      }),
    );
    expect(stored({ id: 'A' }, canonicalJson).isOf(null)).to.equal(false);
    expect(stored({ id: 'A' }, canonicalJson).isOf(undefined)).to.equal(false);
  });

  it('that holds the text of two members in one is no row, though its text is that of another', () => {
    const real = { items: ['route'], members: ['B'] };
    const text = textOfRow(new Map([['items', '["route"],"members":["B"]']]));
    const forged = { items: null };
    expect(
      new StoredRow<Given>('note', forged, () => text).isOf(rowHash('note', real)),
      'read without a look',
    ).to.equal(true);
    expect(new StoredRow<Given>('note', forged, () => text, false).isOf(rowHash('note', real))).to.equal(false);
  });
});
