import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/kernel/canonical.js';
import { changedTexts, hashOfTexts, rowHash, rowTexts } from '../../../src/persistence/row-hash.js';

const row = fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: null }));

describe('the hash of a row', () => {
  it('is SHA-256 over its kind and canonical text, absent and null members being the same', () => {
    fc.assert(
      fc.property(row, (given) => {
        const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
        const text = `note\n${canonicalJson(present)}`;
        expect(rowHash('note', given)).to.equal(createHash('sha256').update(text).digest('hex'));
        expect(rowHash('note', { ...present, more: undefined })).to.equal(rowHash('note', present));
      }),
    );
    expect(rowHash('note', { id: 'A', version: 1, text: '文本' })).to.equal(
      createHash('sha256').update('note\n{"id":"A","text":"文本","version":1}').digest('hex'),
    );
    expect(rowHash('other', { id: 'A' })).to.not.equal(rowHash('note', { id: 'A' }));
  });

  it('after a change of some members is that of the changed row', () => {
    fc.assert(
      fc.property(row, row, (before, change) => {
        expect(hashOfTexts('note', changedTexts(rowTexts(before), change))).to.equal(
          rowHash('note', { ...before, ...change }),
        );
      }),
      // A member that is called as one every object inherits.
      { examples: [[{ valueOf: false }, {}]] },
    );
  });
});
