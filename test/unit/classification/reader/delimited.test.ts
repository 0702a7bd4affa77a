import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readDelimited } from '../../../../src/classification/reader/delimited.js';
import { LIMITS } from '../../../../src/classification/reader/limits.js';

/** Text in pieces, and whether the reading has let go of them. */
function inPieces(pieces: readonly string[]) {
  const source = { closed: false, taken: 0 };
  async function* given(): AsyncGenerator<string> {
    try {
      for (const piece of pieces) {
        source.taken += 1;
        yield piece;
      }
    } finally {
      source.closed = true;
    }
  }
  return { source, pieces: given() };
}

const read = async (pieces: readonly string[]): Promise<string[][]> => {
  const records: string[][] = [];
  const fault = await readDelimited(inPieces(pieces).pieces, ',', (cells) => {
    records.push([...cells]);
    return null;
  });
  if (fault !== null) throw new Error(fault.code);
  return records;
};

/** The same by a parser of quotes alone. */
const parsed = (text: string): string[][] =>
  parse(text, {
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });

const piece = (characters: readonly string[]) =>
  fc.array(fc.constantFrom(...characters), { maxLength: 12 }).map((all) => all.join(''));
const PLAIN = ['a', '中', ' ', ',', ',', '\n', '\n', '\r', '\r\n'];

describe('records out of text', () => {
  it('are those of a parser of quotes, however lines end and wherever pieces do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece(PLAIN), { maxLength: 8 }), async (pieces) => {
        expect(await read(pieces)).to.deep.equal(parsed(pieces.join('')));
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same where quotes begin in the middle', async () => {
    const quoted = piece([...PLAIN, '"b,c"', '"d\r\ne"', '"f""g"']);
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece(PLAIN), { maxLength: 4 }),
        fc.array(quoted, { maxLength: 4 }),
        async (one, other) => {
          const pieces = [...one, ...other];
          const outcome = (work: () => string[][] | Promise<string[][]>) =>
            Promise.resolve()
              .then(work)
              .catch(() => 'fault');
          expect(await outcome(() => read(pieces))).to.deep.equal(await outcome(() => parsed(pieces.join(''))));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('end with a fault where one is longer than may be, quoted or not, before all of it is read', async () => {
    const part = 'x'.repeat(LIMITS.recordBytes / 4);
    for (const first of ['a,b\n', '"a",b\n']) {
      const { source, pieces } = inPieces([first, ...Array.from({ length: 40 }, () => part)]);
      expect((await readDelimited(pieces, ',', () => null))?.code).to.equal('record-too-long');
      expect(source.closed).to.equal(true);
      expect(source.taken).to.be.lessThan(30);
    }
  });

  it('end where whoever takes them has enough, and what is not taken is let go', async () => {
    for (const first of ['a,b\nc,d\n', '"a",b\nc,d\n']) {
      const { source, pieces } = inPieces([first, 'e,f\n']);
      const fault = { code: 'no-header', detail: 'enough' } as const;
      expect(await readDelimited(pieces, ',', () => fault)).to.deep.equal(fault);
      expect(source.closed).to.equal(true);
    }
  });
});
