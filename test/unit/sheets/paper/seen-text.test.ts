import { expect } from 'chai';
import fc from 'fast-check';
import { PaperFont } from '../../../../src/sheets/paper/paper-font.js';
import { seenText } from '../../../../src/sheets/paper/seen-text.js';

describe('texts as they are printed', () => {
  let font: PaperFont;
  before(async () => {
    font = await PaperFont.load();
  });
  const seen = (raw: string) => seenText(raw, (character) => font.has(character));

  it('leave what the font has as it is, formulas and punctuation among it', () => {
    for (const raw of ['公共数据（2026）', '=1+1', "=cmd|'/C calc'!A0", 'Ångström — 5 °C', '〇㎡①Ж', 'a\nb', ''])
      expect(seen(raw)).to.deep.equal({ text: raw, coded: false });
  });

  it('write by its code what the font does not have', () => {
    expect(seen('𠮷野家')).to.deep.equal({ text: '[U+20BB7]野家', coded: true });
    expect(seen('开放😀')).to.deep.equal({ text: '开放[U+1F600]', coded: true });
    expect(seen('سلام').text).to.equal('[U+0633][U+0644][U+0627][U+0645]');
  });

  it('show what nobody would see: controls, marks of direction, joiners, halves of pairs', () => {
    expect(seen('a\u0007b').text).to.equal('a[U+0007]b');
    expect(seen('open\u202edetcirtser').text).to.equal('open[U+202E]detcirtser');
    expect(seen('x\u200by\ufeff').text).to.equal('x[U+200B]y[U+FEFF]');
    expect(seen('\ud83d!').text).to.equal('[U+D83D]!');
    expect(seen('一\ufe0f').text).to.equal('一[U+FE0F]');
  });

  it('take line ends of every kind as one, tabs as spaces, and a letter with its mark as one', () => {
    expect(seen('a\r\nb\rc\u2028d\te').text).to.equal('a\nb\nc\nd e');
    expect(seen('cafe\u0301')).to.deep.equal({ text: 'café', coded: false });
  });

  it('keep a Han character that is only like another one apart from it', () => {
    expect(seen('\uf900').text).not.to.equal('豈');
  });

  it('hold nothing afterwards that the font does not have, and lose no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (raw) => {
        const { text } = seen(raw);
        for (const character of text) expect(character === '\n' || font.has(character), character).to.equal(true);
        const whole = raw.normalize('NFC').replace(/\r\n/g, '\n');
        expect([...text].length).to.be.at.least([...whole].length - (whole.match(/\p{M}/gu)?.length ?? 0));
      }),
    );
  });
});
