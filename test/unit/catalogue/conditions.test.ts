import { expect } from 'chai';
import { conditionFault } from '../../../src/catalogue/domain/conditions.js';
import { loadConditionKinds } from '../../../src/catalogue/index.js';
import { inProject } from '../../support/project.js';

const kinds = loadConditionKinds(inProject('policies'));
const applicants = ['云汀澜石智行科技有限公司', 'Lanshi Mobility Technology Co., Ltd.', 'Data Co., Ltd.', '甲公司'];
const fault = (wording: string): string | undefined => {
  const text = /\p{Script=Han}/u.test(wording) ? { zh: wording } : { en: wording };
  return conditionFault([{ kind: 'applicant-kind', text, evidenceRequired: false }], kinds, applicants)?.errors?.[0]
    ?.detail;
};

describe('the lint of conditions', () => {
  for (const [what, wordings] of Object.entries({
    'names a credit code': [
      '申请主体统一社会信用代码为91990100MA1FL2345X',
      'ａｐｐｌｉｃａｎｔ ９１９９０１００ＭＡ１ＦＬ２３４５Ｘ',
      'the applicant with code 91990100-MA1FL234-5X',
      '91 990100 MA1FL2345 X 申请',
    ],
    'limits the circle to one company': [
      '仅限临港智行科技有限公司申请',
      '只向望澜数据集团开放',
      '仅面向青汀云图股份有限公司',
      '由锦塘智慧有限责任公司独家使用，独家提供给锦塘智慧有限责任公司',
      'Only Acme Data Ltd may apply',
      'open exclusively to Wanglan Analytics Inc. and nobody else',
    ],
    'names a registered applicant': [
      '数据用于云汀澜石智行科技有限公司的系统',
      '数据用于云汀澜石智行科技的系统',
      'kept on systems of LANSHI  MOBILITY technology co., ltd.',
      'kept on systems of Lanshi Mobility Technology',
    ],
  }))
    for (const wording of wordings) it(`refuses what ${what}: ${wording}`, () => expect(fault(wording)).to.equal(what));

  for (const wording of [
    '仅限依法登记的有限责任公司申请',
    '仅限在本市注册的股份有限公司申请',
    '限由申请主体自有团队处理',
    '数据存放于指定的安全环境',
    '申请主体为企业、高校或者科研院所',
    '合同编号 2026112500001234 号项目',
    'only for limited liability companies registered in the city',
    'The data is used only for the scenario of the application; raw data stays in the country',
    'Data may be used for research',
  ])
    it(`lets pass: ${wording}`, () => expect(fault(wording)).to.equal(undefined));

  it('says which condition it is, and refuses kinds nobody knows and evidence where the kind asks for none', () => {
    const condition = { kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false };
    const at = (second: object) =>
      conditionFault([condition, { ...condition, ...second }], kinds, applicants)?.errors?.[0];
    expect(at({ applicants: ['person'] })).to.deep.include({
      pointer: '/conditions/1/applicants',
      code: 'not-of-this-kind',
    });
    const matched = { kind: 'applicant-kind', applicants: ['person'] };
    expect(at(matched)).to.equal(undefined);
    expect(at({ ...matched, evidenceRequired: true })).to.deep.include({ code: 'no-evidence' });
    expect(at({ kind: 'bribe' })).to.deep.include({ pointer: '/conditions/1/kind', code: 'unknown-kind' });
    expect(at({ evidenceRequired: true })).to.deep.include({
      pointer: '/conditions/1/evidenceRequired',
      code: 'no-evidence',
    });
    expect(at({ kind: 'feedback-cadence', everyMonths: 6 })).to.equal(undefined);
    expect(at({ kind: 'deletion-date', withinDays: 30 })).to.equal(undefined);
    for (const [kind, term] of [
      ['deletion-date', 'everyMonths'],
      ['feedback-cadence', 'withinDays'],
      ['scenario', 'everyMonths'],
    ] as const)
      expect(at({ kind, [term]: 6 })).to.deep.include({ pointer: `/conditions/1/${term}`, code: 'not-of-this-kind' });
    expect(at({ text: { zh: '说明', en: 'only Acme Ltd' } })).to.deep.include({ pointer: '/conditions/1/text' });
    expect(at({})).to.equal(undefined);
  });
});
