import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import exceljs from 'exceljs';
import { type Sheet, type SheetCell, workbooksAreBusy, xlsxOf } from '../../../src/sheets/index.js';

const columns: Sheet['columns'] = [
  { heading: { zh: '名称', en: 'Name' }, width: 10 },
  { heading: { zh: '填写', en: 'Fill in' }, width: 10, kind: 'entry', choices: ['甲', '乙'] },
];
async function* of(rows: readonly (readonly SheetCell[])[]) {
  yield* rows;
}
const sheet = (rows: readonly (readonly SheetCell[])[], more: Partial<Sheet> = {}): Sheet => ({
  title: { zh: '表', en: 'Table' },
  notes: [{ en: 'A note' }],
  columns,
  rows: of(rows),
  ...more,
});
const bytesOf = async (made: Sheet): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsxOf(made)) pieces.push(piece);
  return Buffer.concat(pieces);
};
const opened = async (made: Sheet): Promise<exceljs.Workbook> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load((await bytesOf(made)) as never);
  return book;
};

describe('sheets as workbooks', function () {
  this.timeout(240_000);

  it('hold headings in both languages, rows, notes and hidden marks', async () => {
    const book = await opened(
      sheet(
        [
          ['a', null],
          ['b', '甲'],
        ],
        { marks: { kind: 'mine' } },
      ),
    );
    const [table, notes, marks] = book.worksheets;
    expect(table?.getRow(1).getCell(1).value).to.equal('名称\nName');
    expect(table?.getRow(3).getCell(2).value).to.equal('甲');
    expect(notes?.getRow(2).getCell(1).value).to.equal('A note');
    expect([marks?.state, marks?.getRow(1).getCell(2).value]).to.deep.equal(['veryHidden', 'mine']);
  });

  it('write what looks like a formula as text, and leave out what no workbook can hold', async () => {
    const book = await opened(
      sheet([
        ['=1+1', null],
        ["=cmd|'/C calc'!A0", null],
        ['a\u0000b\u0007c', null],
        ['x'.repeat(40_000), null],
      ]),
    );
    const table = book.worksheets[0];
    const text = (row: number) => table?.getRow(row).getCell(1);
    expect([text(2)?.type, text(2)?.value]).to.deep.equal([exceljs.ValueType.String, '=1+1']);
    expect(text(3)?.type).to.equal(exceljs.ValueType.String);
    expect(text(4)?.value).to.equal('abc');
    expect(text(5)?.text).to.have.length(32_000);
  });

  it('are the same bytes for the same rows', async () => {
    const rows: SheetCell[][] = Array.from({ length: 300 }, (_, at) => [`第 ${at} 行`, null]);
    const [first, again] = [await bytesOf(sheet(rows)), await bytesOf(sheet(rows))];
    expect(first.equals(again)).to.equal(true);
  });

  it('end with the fault of whoever gives the rows', async () => {
    async function* broken(): AsyncGenerator<SheetCell[]> {
      yield ['a', null];
      throw new Error('the database went away');
    }
    const outcome = await bytesOf(sheet([], { rows: broken() })).then(
      () => 'written',
      (error: Error) => error.message,
    );
    expect(outcome).to.equal('the database went away');
  });

  it('are written while their rows are still being read', async () => {
    let given = 0;
    async function* counted(): AsyncGenerator<SheetCell[]> {
      for (; given < 5000; given += 1) {
        if (given % 100 === 0) await new Promise(setImmediate);
        yield [`${given} ${'字'.repeat(200)}`, null];
      }
    }
    let read: number | null = null;
    for await (const _piece of xlsxOf(sheet([], { rows: counted() }))) read ??= given;
    expect(given).to.equal(5000);
    expect(read, 'rows that had been read when the first bytes left').to.be.below(5000);
  });

  it('leave the thread that answers people free, also the first, for which the writer is loaded', async () => {
    const rows: SheetCell[][] = Array.from({ length: 3000 }, (_, at) => [`第 ${at} 行`, '字'.repeat(60)]);
    const before = performance.eventLoopUtilization();
    await bytesOf(sheet(rows));
    const { active, idle } = performance.eventLoopUtilization(before);
    expect(active / (active + idle), `${Math.round(active)} ms at work of ${Math.round(active + idle)}`).to.be.below(
      0.5,
    );
  });

  it('are written one at a time; when eight wait, one more is better refused', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncGenerator<SheetCell[]> {
      await held;
      yield ['a', null];
    }
    const books = Array.from({ length: 9 }, () => bytesOf(sheet([], { rows: slow() })));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(workbooksAreBusy()).to.equal(true);
    release();
    const made = await Promise.all(books);
    expect(workbooksAreBusy()).to.equal(false);
    expect(new Set(made.map((bytes) => bytes.toString('base64'))).size).to.equal(1);
  });
});
