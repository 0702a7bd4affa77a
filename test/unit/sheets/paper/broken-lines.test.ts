import { expect } from 'chai';
import fc from 'fast-check';
import { brokenLines } from '../../../../src/sheets/paper/broken-lines.js';

/** As on a terminal: Chinese characters are twice as wide as others. */
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0);
const lines = (text: string, width: number): string[] => brokenLines(text, width, widthOf);

describe('lines of a cell', () => {
  it('end between words and between Chinese characters', () => {
    expect(lines('open data list', 9)).to.deep.equal(['open data', 'list']);
    expect(lines('公共数据开放清单', 6)).to.deep.equal(['公共数', '据开放', '清单']);
  });

  it('do not begin with a mark that closes, nor end with one that opens', () => {
    for (let width = 4; width < 20; width += 1)
      for (const line of lines('名称（中文），编号（英文）；日期。「甲」、「乙」', width)) {
        if (width < 8) continue;
        expect(line, `${width}`).not.to.match(/^[），；。」、]|[（「]$/);
      }
  });

  it('keep the line ends of the text, empty lines among them', () => {
    expect(lines('a\n\nb', 9)).to.deep.equal(['a', '', 'b']);
    expect(lines('', 9)).to.deep.equal([]);
  });

  it('cut a word that is wider than the column, and go on after it', () => {
    expect(lines('abcdefghij klm', 4)).to.deep.equal(['abcd', 'efgh', 'ij', 'klm']);
    expect(lines('x abcdef', 4)).to.deep.equal(['x', 'abcd', 'ef']);
  });

  it('are never wider than the column, and hold every character but spaces in their order', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '数', '，', '（', '-', '/', '7', '\n'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (raw, width) => {
        const broken = lines(raw, width);
        for (const line of broken) expect(widthOf(line)).to.be.at.most(width);
        expect(broken.join('').replace(/\s/g, '')).to.equal(raw.replace(/\s/g, ''));
      }),
    );
  });

  it('cost no more than the text is long', () => {
    let asked = 0;
    brokenLines('字'.repeat(20_000), 40, (text) => {
      asked += text.length;
      return widthOf(text);
    });
    expect(asked).to.be.below(20_000 * 60);
  });
});
