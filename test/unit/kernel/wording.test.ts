import { expect } from 'chai';
import fc from 'fast-check';
import { faultOfTemplate, filled, placesOf } from '../../../src/kernel/wording.js';

const WORDS = { step: { warning: { en: 'warning', zh: '警告' } } };

describe('texts with places', () => {
  it('are filled with what is the same, what is in both languages, and the words of codes', () => {
    const values = { number: 'TG-1', dataset: { zh: '公交', en: 'Buses' }, step: { family: 'step', code: 'warning' } };
    const template = '{number} {dataset}: {step}';
    expect(filled(template, values, WORDS, 'zh')).to.equal('TG-1 公交: 警告');
    expect(filled(template, values, WORDS, 'en')).to.equal('TG-1 Buses: warning');
    expect(filled('{dataset}', { dataset: { zh: '公交' } }, WORDS, 'en'), 'the other language').to.equal('公交');
  });

  it('leave out a part of which a value is missing, and nothing else', () => {
    const template = 'Due.[ By {due}.][ Until {until} for {due}.] {number}';
    expect(filled(template, { number: '7', due: '2026-12-01' }, WORDS, 'en')).to.equal('Due. By 2026-12-01. 7');
    expect(filled(template, { number: '7' }, WORDS, 'en')).to.equal('Due. 7');
    expect(filled('{due}[ {due}]', {}, WORDS, 'en')).to.equal('—');
    expect(filled('[({step})]', { step: { family: 'step', code: 'unheard-of' } }, WORDS, 'en')).to.equal('');
  });

  it('name their places, needed and optional', () => {
    expect(placesOf('{a} [ {b} {c}] {a}')).to.deep.equal({ needed: ['a', 'a'], optional: ['b', 'c'] });
  });

  it('that cannot be filled are found', () => {
    for (const good of ['{a}', '[{a}]', 'plain', '{a} [{b}]']) expect(faultOfTemplate(good), good).to.equal(null);
    for (const bad of ['{a', 'a}', '[{a}', '{a}]', '[[{a}]]', '[nothing]', '{a b}', '{}'])
      expect(faultOfTemplate(bad), bad).to.be.a('string');
  });

  it('never read a value as a template, and stay one line without marks of direction', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('{b}', '[x]', '{a}', 'a\r\nBcc: x@y.z', '\u202eevil', '\u2028'),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        const text = filled('<{a}>', { a, b }, WORDS, 'en');
        expect(text.startsWith('<') && text.endsWith('>')).to.equal(true);
        expect(text).to.not.match(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        if (!/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(a))
          expect(text).to.equal(`<${a.trim()}>`);
      }),
    );
  });
});
