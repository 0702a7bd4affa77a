import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvCell, csvOf, type SheetCell } from '../../../src/sheets/index.js';

const COLUMNS = [
  { heading: { zh: '编号', en: 'Number' }, width: 10 },
  { heading: { zh: '内容' }, width: 10 },
];

async function written(rows: readonly (readonly SheetCell[])[]): Promise<string> {
  async function* given() {
    yield* rows;
  }
  let text = '';
  for await (const part of csvOf({ columns: COLUMNS, rows: given() })) text += part;
  return text;
}

const DANGEROUS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '＝1',
  '＋1',
  '－1',
  '＠A1',
  ' =1',
  '\t=1',
  '\uFEFF=1',
  '\u200B=1',
  '\n=1',
  '\tx',
  '\rx',
];

describe('tables of text', () => {
  it('begin with the mark of UTF-8 and headings in both languages', async () => {
    expect(await written([])).to.equal('\uFEFF编号 Number,内容\r\n');
  });

  it('lead in with an apostrophe what a spreadsheet would run', () => {
    for (const text of DANGEROUS) expect(csvCell(text).replace(/^"/, ''), JSON.stringify(text)).to.match(/^'/);
    for (const text of ['a=1', '1-2', '申请', '', '(=1)']) expect(csvCell(text), text).to.equal(text);
  });

  it('leave numbers numbers, also those below nought, and nothing nothing', () => {
    expect([csvCell(-3), csvCell(0.5), csvCell(null)]).to.deep.equal(['-3', '0.5', '']);
  });

  it('hold whatever is written in them: a reader of another make gets every cell back, and none begins a formula', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...DANGEROUS, '"', ',', '\r\n', 'a\0b'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 6 }), async (rows) => {
        const read = parse(await written(rows), {
          bom: true,
          record_delimiter: '\r\n',
          skip_empty_lines: false,
        }) as string[][];
        expect(read.slice(1).map((cells) => cells.map((cell) => cell.replace(/^'/, '')))).to.deep.equal(
          rows.map((cells) => cells.map((cell) => cell.replaceAll('\0', '').replace(/^'/, ''))),
        );
        for (const cell of read.slice(1).flat())
          expect(cell).to.not.match(/^[\s\u200B-\u200D\u2060\uFEFF]*[=+\-@＝＋－＠]/);
      }),
    );
  });

  it('of many rows come in parts, and let others have their turn after each', async () => {
    let [turns, parts, over] = [0, 0, false];
    const other = (): void => {
      turns += 1;
      if (!over) setImmediate(other);
    };
    async function* rows() {
      for (let row = 0; row < 5000; row += 1) yield [row, 'of twenty letters or so'];
    }
    setImmediate(other);
    for await (const part of csvOf({ columns: COLUMNS, rows: rows() })) {
      expect(part.length).to.be.at.most(20_000);
      parts += 1;
    }
    over = true;
    expect(parts).to.be.within(5, 50);
    expect(turns).to.be.at.least(parts - 1);
  });
});
