import { expect } from 'chai';
import { matcherOf } from '../../../src/classification/domain/lexicon.js';
import { runsAway } from '../../support/growth.js';
import { pack } from './records.js';

const { lexicon } = pack('cn-shanghai').pack;
const matcher = matcherOf(
  { zh: ['个人信息', '手机号'], en: ['pii', 'case file', 'biometric*'], except: ['个人信息保护'], marks: ['机密★'] },
  lexicon.negations,
);

describe('words that rules look for', () => {
  const found: readonly (readonly [string, string])[] = [
    ['含个人信息', '个人信息'],
    ['手机号码', '手机号'],
    ['Contains PII.', 'pii'],
    ['Case Files of 2020', 'case files'],
    ['case-files', 'case-files'],
    ['biometrics', 'biometrics'],
    ['个人信息保护与个人信息', '个人信息'],
    ['No fees apply. The table contains PII.', 'pii'],
    ['文件 机密★10年', '机密★'],
    ['ＰＩＩ', 'pii'],
  ];
  for (const [text, term] of found) it(`finds "${term}" in "${text}"`, () => expect(matcher.find(text)).to.equal(term));

  const silent = [
    '公园绿地',
    '个人信息保护',
    '不含个人信息',
    '不涉及国家秘密、商业秘密和个人信息',
    'happiiness',
    'PIIX',
    'does not contain names, addresses or other PII',
    'aggregated, non-PII data',
    'non -PII data',
    'All PII has been removed',
    'without any case file',
    'showcase files',
    '',
  ];
  for (const text of silent) it(`finds nothing in "${text}"`, () => expect(matcher.find(text)).to.equal(null));

  it('grows with hostile text, not faster', async () => {
    const hostile = ['does not contain ', '不', 'case ', ' ', ' : ', '机密 '];
    for (const part of hostile) {
      expect(await runsAway((length) => matcher.find(part.repeat(length / part.length)), 400_000), part).to.equal(
        false,
      );
    }
  });
});
