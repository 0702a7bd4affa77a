import { expect } from 'chai';
import { papersAreBusy, paperOf, type Sheet, type SheetCell, SIGNATURES } from '../../../src/sheets/index.js';
import { printedPages, type PrintedText, printedText } from '../../support/read-pdf.js';

const columns: Sheet['columns'] = [
  { heading: { zh: '编号', en: 'Number' }, width: 8 },
  { heading: { zh: '名称', en: 'Name' }, width: 30 },
  { heading: { zh: '版本', en: 'Version' }, width: 8, kind: 'hidden' },
  { heading: { zh: '理由', en: 'Reason' }, width: 30 },
];
async function* of(rows: readonly (readonly SheetCell[])[]) {
  yield* rows;
}
const sheet = (rows: readonly (readonly SheetCell[])[], more: Partial<Sheet> = {}): Sheet => ({
  title: { zh: '数据分类分级表', en: 'Grading sheet' },
  notes: [{ zh: '说明一行', en: 'A note' }],
  columns,
  rows: of(rows),
  ...more,
});
const bytesOf = async (made: Sheet): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of paperOf(made)) pieces.push(piece);
  return Buffer.concat(pieces);
};
const pagesOf = async (made: Sheet): Promise<PrintedText[][]> => printedPages(await bytesOf(made));
const rowsOf = (count: number): SheetCell[][] =>
  Array.from({ length: count }, (_, at) => [at + 1, `第 ${at + 1} 个数据集的名称`, 7, `理由${'很长'.repeat(at % 40)}`]);

describe('sheets on paper', function () {
  this.timeout(60_000);

  it('give back the text, Chinese included, with titles, notes, heads and places to sign', async () => {
    const made = sheet([[1, '公共交通客流（分时段）', 7, 'Personal data, 第四十一条']], { signatures: SIGNATURES });
    const pages = await pagesOf(made);
    const [text] = printedText(pages);
    for (const part of ['数据分类分级表', 'Gradingsheet', '说明一行', 'Anote', '公共交通客流（分时段）', '第四十一条'])
      expect(text).to.include(part);
    for (const part of ['负责人（签字）', 'Sealofthebody', '日期', '共1行', '第1页Page1共1页of1'])
      expect(text).to.include(part);
    expect(text, 'a hidden column').not.to.match(/版本|Version/);
    expect(pages[0]?.some((one) => one.text === '7')).to.equal(false);
  });

  it('repeat heads and title on every page, and number pages of all pages', async () => {
    const pages = printedText(await pagesOf(sheet(rowsOf(120))));
    expect(pages.length).to.be.above(3);
    for (const [at, text] of pages.entries()) {
      for (const part of ['数据分类分级表', '编号', 'Number', '名称', '理由', `第${at + 1}页`, `共${pages.length}页`])
        expect(text, `page ${at + 1}`).to.include(part);
    }
    expect(pages.filter((text) => text.includes('说明一行'))).to.have.length(1);
  });

  it('cut no row between pages that fits on one, and lose none', async () => {
    const rows = Array.from({ length: 60 }, (_, at): SheetCell[] => [
      at,
      `始${at}。${'文'.repeat((at * 37) % 300)}终${at}。`,
    ]);
    const pages = printedText(await pagesOf(sheet(rows)));
    for (const at of rows.keys())
      expect(
        pages.filter((text) => text.includes(`始${at}。`) && text.includes(`终${at}。`)),
        `row ${at}`,
      ).to.have.length(1);
  });

  it('continue a row that is higher than a page, with nothing left out', async () => {
    const long = Array.from({ length: 3000 }, (_, at) => `${at}; `).join('');
    const pages = printedText(
      await pagesOf(
        sheet([
          [1, '前'],
          [2, long],
          [3, '后'],
        ]),
      ),
    );
    expect(pages.length).to.be.above(2);
    for (let at = 0; at < 3000; at += 1)
      expect(
        pages.some((text) => text.includes(`${at};`)),
        `${at}`,
      ).to.equal(true);
    expect(pages.at(-1)).to.include('后');
    for (const text of pages) expect(text).to.include('编号');
  });

  it('write what no font has by its code, and say so; what looks like a formula stays text', async () => {
    const [text] = printedText(await pagesOf(sheet([[1, '𠮷野😀', 7, '=1+1']])));
    for (const part of ['[U+20BB7]野[U+1F600]', '=1+1', '字库中没有的字符']) expect(text).to.include(part);
    expect(printedText(await pagesOf(sheet([[1, '野']])))[0]).not.to.include('字库');
  });

  it('carry their font inside, and of it only what they use', async () => {
    const few = await bytesOf(sheet([[1, '公共数据']]));
    expect(few.toString('latin1'))
      .to.match(/\/FontFile2 \d+ 0 R/)
      .and.match(/\/FontName \/[A-Z]{6}\+NotoSansSC-Regular/);
    const many = String.fromCodePoint(...Array.from({ length: 1000 }, (_, at) => 0x4e00 + at));
    const more = await bytesOf(sheet([[1, many]]));
    expect(few.length).to.be.below(60_000);
    expect(more.length).to.be.above(few.length + 50_000);
  });

  it('are the same bytes for the same rows', async () => {
    const [first, again] = [await bytesOf(sheet(rowsOf(150))), await bytesOf(sheet(rowsOf(150)))];
    expect(first.equals(again)).to.equal(true);
    expect(first.equals(await bytesOf(sheet(rowsOf(149))))).to.equal(false);
  });

  it('of no rows are a page that says so', async () => {
    const [text, ...others] = printedText(await pagesOf(sheet([], { signatures: SIGNATURES })));
    expect(others).to.have.length(0);
    expect(text).to.include('共0行').and.include('负责人（签字）');
  });

  it('leave while their rows are still being read', async () => {
    let given = 0;
    async function* counted(): AsyncGenerator<SheetCell[]> {
      for (; given < 4000; given += 1) yield [given, '字'.repeat(60)];
    }
    let read: number | null = null;
    for await (const _piece of paperOf(sheet([], { rows: counted() }))) read ??= given;
    expect(given).to.equal(4000);
    expect(read, 'rows that had been read when the first bytes left').to.be.below(1000);
  });

  it('end with the fault of whoever gives the rows, and the next one gets its turn', async () => {
    async function* broken(): AsyncGenerator<SheetCell[]> {
      yield [1, 'a'];
      throw new Error('the database went away');
    }
    const outcome = await bytesOf(sheet([], { rows: broken() })).then(
      () => 'written',
      (error: Error) => error.message,
    );
    expect(outcome).to.equal('the database went away');
    expect((await bytesOf(sheet([[1, 'a']]))).length).to.be.above(1000);
  });

  it('run only so far ahead, and are lost to whoever takes nothing, so that the next one gets its turn', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<SheetCell[]> {
      for (;;) yield [(given += 1), `${given}字`.repeat(30)];
    }
    const paper = paperOf(sheet([], { rows: endless() }), { held: 20_000, wait: 300 });
    await paper.next();
    expect((await bytesOf(sheet([[1, 'a']]))).length, 'another one').to.be.above(1000);
    const stopped = given;
    expect(stopped).to.be.below(2000);
    const outcome = await (async () => {
      for await (const _piece of paper) continue;
      return 'all taken';
    })().catch((error: Error) => error.name);
    expect(outcome).to.equal('AbortError');
    expect(given).to.equal(stopped);
  });

  it('give up when nobody takes them any longer', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<SheetCell[]> {
      try {
        for (;;) yield [1, '字'.repeat(50)];
      } finally {
        closed = true;
      }
    }
    for await (const _piece of paperOf(sheet([], { rows: endless() }))) break;
    expect(closed).to.equal(true);
    expect((await bytesOf(sheet([[1, 'a']]))).length).to.be.above(1000);
  });

  it('are laid out one at a time; when eight wait, one more is better refused', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncGenerator<SheetCell[]> {
      await held;
      yield [1, 'a'];
    }
    const papers = [bytesOf(sheet([], { rows: slow() }))];
    await new Promise(setImmediate);
    for (let at = 0; at < 8; at += 1) {
      expect(papersAreBusy(), `${at} wait`).to.equal(false);
      papers.push(bytesOf(sheet([[at, 'b']])));
    }
    expect(papersAreBusy()).to.equal(true);
    release();
    await Promise.all(papers);
    expect(papersAreBusy()).to.equal(false);
  });
});
