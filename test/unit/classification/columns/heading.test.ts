import { expect } from 'chai';
import { headingReader, headingWords } from '../../../../src/classification/domain/columns/heading.js';
import { saidBy, waysUnder } from '../../../../src/classification/domain/columns/column-rules.js';
import { columns, rules } from './shipped.js';

describe('the words of a heading', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['patientName', 'patient Name'],
    ['patient_name_2', 'patient name 2'],
    ['IDCard', 'ID Card'],
    ['street2', 'street 2'],
    ['father_name/id', 'father name id'],
    ['E-mail', 'E mail'],
    ['身份证号', '身份证号'],
  ];
  for (const [heading, words] of cases)
    it(`${heading} reads ${words}`, () => expect(headingWords(heading)).to.equal(words));

  it('are a cue anywhere, a hint only as the whole heading, and nothing inside an excepted word', () => {
    const read = headingReader({
      cues: { zh: ['手机'], en: ['phone'], except: ['手机号段', 'phone model'] },
      hints: ['contact', '联系'],
    });
    expect(read('家长手机')).to.equal('cue');
    expect(read('homePhone')).to.equal('cue');
    expect(read('phone_model')).to.equal(null);
    expect(read('手机号段')).to.equal(null);
    expect(read('Contact')).to.equal('hint');
    expect(read('contact 2')).to.equal('hint');
    expect(read('contact type')).to.equal(null);
    expect(read('telephoned')).to.equal(null);
  });

  it('open no way that needs a cue which is not there', () => {
    const open = waysUnder(saidBy('zzz', rules), rules).map((index) => rules.ways[index]?.way.rule);
    const alone = columns.types.flatMap(({ ways }) =>
      ways.filter((way) => way.alone !== undefined).map(({ rule }) => rule),
    );
    expect(open).to.deep.equal(alone);
    expect(waysUnder(saidBy('出生日期', rules), rules).map((index) => rules.ways[index]?.way.rule)).to.include(
      'birth-date',
    );
  });
});
