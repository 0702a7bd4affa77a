import { TextDecoder } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { decoded } from '../../../../src/classification/reader/text-pieces.js';
import { gb18030 } from '../../../support/gb18030.js';

/** The characters of GB 2312 between two lead bytes; five places of 0xD7 are empty. */
function charactersOf(from: number, to: number): string[] {
  const decoder = new TextDecoder('gb18030');
  const found: string[] = [];
  for (let lead = from; lead <= to; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1)
      if (lead !== 0xd7 || trail < 0xfa) found.push(decoder.decode(Buffer.from([lead, trail])));
  return found;
}
const DAILY = charactersOf(0xb0, 0xd7);
const RARE = charactersOf(0xd8, 0xf7);

const daily = fc.constantFrom(...DAILY);
/** One in ten is rare: more than in any text. */
const character = fc.oneof({ weight: 9, arbitrary: daily }, { weight: 1, arbitrary: fc.constantFrom(...RARE) });
const end = fc.constantFrom(',', '","', '\n', '\r\n', ' ', '7', '-');

/** An even number of Chinese characters, of which GB18030 reads every byte: 0x80 begins none of its own. */
const readable = DAILY.filter((one) => !Buffer.from(one).includes(0x80));
const pairs = fc
  .array(fc.tuple(fc.constantFrom(...readable), fc.constantFrom(...readable)), { minLength: 1, maxLength: 4 })
  .map((found) => found.flat().join(''));
interface Cell {
  readonly text: string;
  readonly end: string;
  readonly isUtf8: boolean;
}
const cell: fc.Arbitrary<Cell> = fc.boolean().chain((isUtf8) =>
  fc.record({
    text: isUtf8 ? pairs : fc.array(daily, { maxLength: 8 }).map((found) => found.join('')),
    end,
    isUtf8: fc.constant(isUtf8),
  }),
);
const bytesOf = (cells: readonly Cell[]): Buffer =>
  Buffer.concat(
    cells.flatMap(({ text, end: after, isUtf8 }) => [isUtf8 ? Buffer.from(text) : gb18030(text), Buffer.from(after)]),
  );

/** What is counted as broken when the bytes come in pieces of these sizes, one after another. */
async function brokenIn(bytes: Buffer, sizes: readonly number[]): Promise<number> {
  const counts = { brokenCharacters: 0 };
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? bytes.length;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  };
  for await (const _ of decoded({ pieces }, 'gb18030', counts));
  return counts.brokenCharacters;
}

describe('text decoded piece by piece', function () {
  this.timeout(240_000);

  it('counts what stands in UTF-8 inside a line of GB18030, wherever the pieces are cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        async (cells, sizes) => {
          const bytes = bytesOf(cells);
          const whole = await brokenIn(bytes, []);
          expect(await brokenIn(bytes, sizes)).to.equal(whole);
          const written = cells.reduce((sum, { text, isUtf8 }) => sum + (isUtf8 ? [...text].length : 0), 0);
          expect(whole).to.be.at.least(written);
          if (written === 0) expect(whole).to.equal(0);
        },
      ),
    ));

  it('counts what GB18030 itself reads without a fault', async () => {
    const bytes = Buffer.from('张三');
    expect(new TextDecoder('gb18030').decode(bytes)).not.to.include('\ufffd');
    expect(await brokenIn(Buffer.concat([gb18030('{"姓名":"'), bytes, gb18030('","街道":"南京东路"}')]), [])).to.equal(
      2,
    );
  });

  it('never finds so many in a table of GB18030 alone that a person would be asked, however rare its characters', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(character, { minLength: 1, maxLength: 8 }), { minLength: 500, maxLength: 500 }),
        async (rows) => {
          const broken = await brokenIn(gb18030(rows.map((row) => row.join('')).join('\n')), []);
          expect(broken * 100).to.be.at.most(rows.length);
        },
      ),
      { numRuns: 40 },
    ));
});
