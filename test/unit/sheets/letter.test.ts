import { expect } from 'chai';
import { type Letter, letterOf, paperOf } from '../../../src/sheets/index.js';
import { printedPages, printedText } from '../../support/read-pdf.js';

const bytesOf = async (made: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of made) pieces.push(piece);
  return Buffer.concat(pieces);
};
const letter = (parts: Letter['parts']): Letter => ({ name: '受理通知书 第 12 号', parts });
const part = (as: Letter['parts'][number]['as'], text: string) => ({ as, text });

describe('letters on paper', function () {
  this.timeout(60_000);
  const short = letter([
    part('sender', '上海市交通委员会'),
    part('title', '受理通知书'),
    part('number', '第 12 号'),
    part('addressee', '某某公司：'),
    part('text', '　　现予受理。'),
    part('item', '1. 公共交通客流'),
    part('signature', '2026年12月2日'),
    part('rule', ''),
    part('note', 'Translation'),
    part('fine', 'SHA-256 abc'),
  ]);

  it('give back their text, upright, each part at its place', async () => {
    const pdf = await bytesOf(letterOf(short));
    expect(pdf.toString('latin1')).to.match(/MediaBox \[0 0 595\.28 841\.89\]/);
    const [page = []] = await printedPages(pdf);
    expect(printedText([page])[0]).to.equal(
      '第1页Page1共1页of1上海市交通委员会受理通知书第12号某某公司：现予受理。1.公共交通客流2026年12月2日TranslationSHA-256abc',
    );
    const at = (text: string) => page.find((one) => one.text.includes(text)) as { x: number; y: number };
    expect(at('某某公司').x).to.be.closeTo(68, 1);
    expect(at('2026年').x, 'on the right').to.be.above(400);
    expect(at('受理通知书').x, 'in the middle').to.be.within(200, 300);
    expect(at('受理通知书').y).to.be.above(at('现予受理').y);
  });

  it('give the same bytes for the same letter, also beside a table that is laid out', async () => {
    const sheet = {
      title: { zh: '表' },
      notes: [],
      columns: [{ heading: { zh: '列' }, width: 8 }],
      rows: (async function* () {
        yield ['一'];
      })(),
    };
    const [first, , second] = await Promise.all([
      bytesOf(letterOf(short)),
      bytesOf(paperOf(sheet)),
      bytesOf(letterOf(short)),
    ]);
    expect(second.equals(first)).to.equal(true);
    const other = await bytesOf(letterOf(letter([...short.parts, part('text', '更多')])));
    expect(other.equals(first)).to.equal(false);
  });

  it('go on over pages, which say what they belong to, and lose nothing', async () => {
    const lines = Array.from({ length: 90 }, (_, at) =>
      part('item', `始${at}。${'文'.repeat((at * 37) % 200)}终${at}。`),
    );
    const pages = printedText(await printedPages(await bytesOf(letterOf(letter(lines)))));
    expect(pages.length).to.be.above(3);
    for (const [at, text] of pages.entries()) {
      const foot = `第${at + 1}页Page${at + 1}共${pages.length}页of${pages.length}`;
      expect(text.startsWith(at === 0 ? foot : `${foot}受理通知书第12号`), text.slice(0, 60)).to.equal(true);
    }
    const whole = pages.join('');
    for (const at of lines.keys()) expect(whole).to.include(`始${at}。`).and.include(`终${at}。`);
  });

  it('hide nothing that would not be seen', async () => {
    const pdf = await bytesOf(letterOf(letter([part('text', '批准\u202e不😀')])));
    const [text] = printedText(await printedPages(pdf));
    expect(text).to.include('批准[U+202E]不[U+1F600]');
  });
});
