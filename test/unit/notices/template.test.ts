import { expect } from 'chai';
import fc from 'fast-check';
import type { NoticeFacts } from '../../../src/notices/domain/notice.js';
import { type IssuedTemplate, markOf, numberIn, written } from '../../../src/notices/domain/template.js';
import { noticeFileOf, noticeHash, templateHash } from '../../../src/notices/notice-file.js';
import { noticeLetter } from '../../../src/notices/notice-letter.js';

const both = (text: string) => ({ zh: text, en: text });
const template: IssuedTemplate = {
  kind: 'refusal',
  version: 3,
  frame: {
    version: 1,
    number: both('No. {number}'),
    to: both('To {addressee}'),
    check: both('Check it'),
    translation: 'T',
  },
  zh: {
    title: '决定（{case}）',
    text: ['理由如下：', { each: 'reasons', text: '{at}. {text}[（{place}）]' }, '[至{until}]'],
  },
  en: {
    title: 'Decision ({case})',
    text: ['Reasons', { each: 'reasons', text: '{at}. {text}[ ({place})]' }, '[Until {until}]'],
  },
};
const facts: NoticeFacts = {
  values: { case: 'TG-1', issuer: { zh: '甲局', en: 'Body A' }, addressee: { zh: '乙公司', en: 'Firm B' } },
  lists: {
    reasons: [
      { at: '1', text: 'one' },
      { at: '2', text: 'two', place: '/purpose' },
    ],
  },
};
const notice = {
  id: '01JBBBBBBBBBBBBBBBBBBBBBN1',
  kind: 'refusal',
  number: '〔2026〕第 12 号',
  year: 2026,
  serial: 12,
  issuer: '01JBBBBBBBBBBBBBBBBBBBBBA1',
  addressee: '01JBBBBBBBBBBBBBBBBBBBBBO1',
  about: { kind: 'application' as const, id: '01JBBBBBBBBBBBBBBBBBBBBBC1' },
  grant: null,
  cause: 'application.refused',
  template: templateHash(template),
  facts,
  issuedAt: Date.parse('2026-12-01T17:00:00Z'),
};
const issued = { ...notice, hash: noticeHash(notice, template) };

describe('the text of a notice', () => {
  it('is filled from its facts, in each language, entries of lists marked', () => {
    expect(written(template, facts, 'zh')).to.deep.equal({
      title: '决定（TG-1）',
      text: [
        { item: false, text: '理由如下：' },
        { item: true, text: '1. one' },
        { item: true, text: '2. two（/purpose）' },
      ],
    });
    const { text } = written(template, { ...facts, values: { ...facts.values, until: '3 May' }, lists: {} }, 'en');
    expect(text.map((one) => one.text)).to.deep.equal(['Reasons', 'Until 3 May']);
  });

  it('never reads what somebody wrote as a template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = (wrote: string) =>
          written(template, { ...facts, lists: { reasons: [{ at: '1', text: wrote }] } }, 'en');
        expect(said(`x{case}[{until}]${text}`).text[1]?.text).to.satisfy((line: string) =>
          line.startsWith('1. x{case}[{until}]'),
        );
        expect(said(text).title).to.equal('Decision (TG-1)');
        expect(said(text).text).to.have.length(2);
      }),
    );
  });

  it('bears a number of its year', () => {
    const series = '公数开（{body}）〔{year}〕第 {serial} 号';
    const body = markOf('11999900MB0000012X', '01C9Z81T00XRVMJ75X23ZCDY4T');
    expect(numberIn({ series }, { body, year: 2026, serial: 12 })).to.equal('公数开（MB0000012）〔2026〕第 12 号');
    expect(markOf(null, '01C9Z81T00XRVMJ75X23ZCDY4T'), 'of a body without a code').to.equal('X23ZCDY4T');
  });
});

describe('the file of a notice', () => {
  it('says what was issued, the day in Shanghai, and a hash that anything changed would change', () => {
    const { notice: said, hash, format } = noticeFileOf(issued, template);
    expect([format, hash, said.issuedOn]).to.deep.equal(['tiergate-notice/1', issued.hash, '2026-12-02']);
    expect(said.template).to.deep.equal({ version: 3, frame: 1, hash: notice.template });
    for (const change of [
      { number: '〔2026〕第 13 号' },
      { addressee: notice.issuer },
      { issuedAt: notice.issuedAt + 1 },
      { facts: { ...facts, values: { ...facts.values, case: 'TG-2' } } },
    ])
      expect(noticeHash({ ...notice, ...change }, template), JSON.stringify(change)).to.not.equal(issued.hash);
    expect(JSON.stringify(noticeFileOf(JSON.parse(JSON.stringify(issued)), template)), 'read back').to.equal(
      JSON.stringify(noticeFileOf(issued, template)),
    );
  });

  it('is not given out where what is kept no longer gives what was issued', () => {
    const edited = { ...template, zh: { ...template.zh, title: '别的' } };
    expect(() => noticeFileOf(issued, edited)).to.throw(/not what was issued/);
    expect(() => noticeFileOf({ ...issued, facts: { ...facts, lists: {} } }, template)).to.throw(/not what was issued/);
    expect(() => noticeFileOf({ ...issued, hash: 'f'.repeat(64) }, template)).to.throw(/not what was issued/);
  });

  it('goes on paper in Chinese, then in English, then with the way to check it', () => {
    const { name, parts } = noticeLetter(noticeFileOf(issued, template), template);
    expect(name).to.equal('决定（TG-1） 〔2026〕第 12 号');
    const half = parts.findIndex(({ as }) => as === 'rule');
    const texts = (from: number, to?: number) => parts.slice(from, to).map(({ text }) => text);
    expect(texts(0, half)).to.deep.equal([
      '甲局',
      '决定（TG-1）',
      'No. 〔2026〕第 12 号',
      'To 乙公司',
      '　　理由如下：',
      '1. one',
      '2. two（/purpose）',
      '甲局',
      '2026年12月2日',
    ]);
    expect(texts(half + 1)).to.include.members(['Body A', 'To Firm B', 'Decision (TG-1)', '2 December 2026']);
    expect(parts.filter(({ as }) => as === 'fine').map(({ text }) => text)).to.deep.equal([
      'Check it',
      'Check it',
      `〔2026〕第 12 号  SHA-256 ${issued.hash}`,
    ]);
    expect(new Set(parts.slice(half + 2, -4).map(({ small }) => small))).to.deep.equal(new Set([true]));
  });
});
