import { expect } from 'chai';
import fc from 'fast-check';
import { PackedTexts } from '../../../../src/classification/reader/workbook/packed-texts.js';

const packed = (texts: readonly string[]): PackedTexts => {
  const all = new PackedTexts();
  for (const text of texts) all.add(text);
  return all;
};

describe('texts packed by place', () => {
  it('come back as they went in, over the ends of pages too', () => {
    const texts = Array.from({ length: 2500 }, (_, n) => (n % 7 === 0 ? '' : `文${n}🚦`.slice(0, n % 2 === 0 ? 1 : 9)));
    const all = packed(texts);
    expect(texts.map((_, place) => all.at(place))).to.deep.equal(texts);
    expect([0, 1023, 1024, 2047, 2048, 2499].map((place) => all.at(place))).to.deep.equal(
      [0, 1023, 1024, 2047, 2048, 2499].map((place) => texts[place]),
    );
  });

  it('come back whatever they hold', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
        const all = packed([...Array.from({ length: 1010 }, () => 'x'), ...texts]);
        expect(texts.map((_, at) => all.at(1010 + at))).to.deep.equal(texts);
      }),
    );
  });

  it('are not there for a place that is none', () => {
    const all = packed(Array.from({ length: 1030 }, (_, n) => `${n}`));
    for (const place of [-1, 1030, 5000, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(all.at(place), `${place}`).to.equal(undefined);
  });
});
