import { expect } from 'chai';
import { cleanCell, fits, kindsOf } from '../../../../src/classification/domain/columns/cell.js';
import type { ColumnWay } from '../../../../src/classification/domain/columns/column-types.js';
import { VALIDATORS } from '../../../../src/classification/domain/columns/validators.js';
import { columns, rules } from './shipped.js';

/** Whether the shipped rule accepts a cell, by the path a column takes: clean, fit, shape, test. */
function accepts(rule: string, cell: string): boolean {
  const ready = rules.ways.find(({ way }) => way.rule === rule);
  if (ready === undefined) throw new Error(`no rule ${rule}`);
  const text = cleanCell(cell);
  const { fit, shape, test } = ready.validator;
  return fits(fit, text.length, kindsOf(text)) && (shape?.(text) ?? true) && test(text);
}

/** For each rule of columns.yaml: cells it accepts, cells it refuses. */
const CELLS: Readonly<Record<string, readonly [accepted: readonly string[], refused: readonly string[]]>> = {
  'resident-id': [
    ['11010119900307387X', '11010119900307387x'],
    ['110101199003073871', '11010119901307387X', '1101011990030738'],
  ],
  'resident-id-15': [['110101900307387'], ['110101901307387', '170101900307387', '11010190030738']],
  'hong-kong-id': [
    ['A123456(3)', 'A1234563'],
    ['A123456(4)', 'a123456(3)', '1234567'],
  ],
  'taiwan-id': [['A123456789'], ['A123456788', 'A323456789']],
  'resident-id-inside': [['当事人11010119900307387X已到'], ['当事人110101199003073871已到', '11010119900307387X']],
  'bank-card': [
    ['6228 4804 0256 4890 018', '4111111111111111'],
    ['4111111111111112', '1111111111111117', '411111'],
  ],
  'mobile-number': [
    ['13800138000', '+86 138-0013-8000', '008613800138000'],
    ['12800138000', '1380013800', '138001380001'],
  ],
  'mobile-inside': [
    ['张三 13800138000', '电话13800138000，谢谢'],
    ['流水113800138000号', 'x-13800138000', '13800138000'],
  ],
  passport: [
    ['E12345678', 'EA1234567', '123456789'],
    ['E1234', 'ABCDEFGHI'],
  ],
  'travel-permit': [
    ['H12345678', 'C12345678', 'CA1234567', '12345678'],
    ['X1234', 'H1234567'],
  ],
  'us-social-security': [['078-05-1120'], ['000-05-1120', '666-05-1120', '078-00-1120', '078051120']],
  'social-security': [
    ['A1234567', '3101234567'],
    ['abc', '无'],
  ],
  'medical-record': [
    ['ZY20260012', '0012345'],
    ['张三', '12'],
  ],
  'account-number': [
    ['3100 1234 5678 9012', 'GB29NWBK60161331926819'],
    ['无', '12345'],
  ],
  email: [
    ['a.b@mail.example.org', 'mailto:a@b.cn'],
    ['a@b', 'a b@c.org', '@c.org'],
  ],
  'email-inside': [['请发 a@b.cn 收'], ['a@b.cn', '@ b.cn']],
  'phone-number': [
    ['021-63219999', '(202) 555-0123', '+31612345678', '63219999'],
    ['2026-01-02', '12.5', '1.2.3', '12345'],
  ],
  'phone-written': [
    ['021-63219999', '0571-87654321转802', '(202) 555-0123', '+44 20 7946 0958', '202-555-0123'],
    ['63219999', '20260102', '2026-01-02', '1234-5678'],
  ],
  'number-plate': [
    ['沪A12345', '沪A·D12345', '沪AD12345', '京B1234警', '粤Z1234港', '沪A12345D'],
    ['沪I12345', 'A12345', '沪A123', '沪A1234O'],
  ],
  'person-name': [
    ['张三', '欧阳修', '阿卜杜拉·买买提', '買買提·阿不都'],
    ['啊三', '张', '张三李四王五', '张3'],
  ],
  'person-name-listed': [
    ['张伟', '王小明', '欧阳娜娜'],
    ['黄浦区', '黄瓜', '白菜', '江桥镇', '高桥镇'],
  ],
  'person-name-with-number': [
    ['张三 13800138000', '李四:13800138000', '王五（11010119900307387X）'],
    ['订单13800138000', '张三 12345'],
  ],
  'person-name-en-listed': [
    ['John Smith', 'SMITH, JOHN', 'Fatima al Noor'],
    ['Red Cross', 'john', 'Paris', 'Plan International'],
  ],
  'person-name-en': [
    ["O'Brien", 'Md. Zohirul Hoq', 'T.', 'José'],
    ['R2D2', '12', 'a@b'],
  ],
  'person-name-beside': [['Bonnie Nelson'], ['bonnie', 'Acme Ltd', 'Springfield University']],
  'personal-number': [
    ['S1234567', '2026-00123'],
    ['abc', '1234', 'a b12345'],
  ],
  imei: [['356938035643809'], ['356938035643808', '35693803564380']],
  'mac-address': [
    ['34-17-EB-B3-69-34', '34:17:eb:b3:69:34', '3417.ebb3.6934'],
    ['34-17-EB-B3-69', '34-17:EB-B3:69-34'],
  ],
  'ip-address': [
    ['192.168.1.1', '2001:0db8:0:0:0:0:0:1', 'fe80::1'],
    ['1.2.3.4', '300.1.1.1', '12:30'],
  ],
  'vehicle-identification': [['LSVAA49J132047371'], ['LSVAA49J13204737I', 'LSVAA49J1320473']],
  'masked-number': [
    [
      '138****8000',
      '110101********387X',
      '6228 **** **** 1234',
      '138xxxx8000',
      '1380013XXXX',
      '11010119900101****',
      '110101********123x',
    ],
    ['3*4*5', '12**', '13800138000', '****'],
  ],
  'masked-email': [['z***@example.com', '***n@b.cn'], ['z@example.com']],
  'masked-name': [
    ['张*三', '张**', '李某某', '*三', '王×'],
    ['张三', '***', '某些'],
  ],
  'credit-code': [['91350100M000100Y43'], ['91350100M000100Y44', '91350100I000100Y43', '91350100m000100y43']],
  'organisation-ending-zh': [
    ['临波物流有限公司', '云麓区教育局'],
    ['公司', '张三', '电话12345公司'],
  ],
  'organisation-ending-en': [
    ['Acme Ltd.', 'University College'],
    ['acme ltd', 'John Smith'],
  ],
  'organisation-named': [
    ['UNHCR', 'Red Cross'],
    ['yes', 'true', '12', '是'],
  ],
  'birth-date': [
    ['1990-03-07', '1990年3月7日', '07/03/1990', '3/14/99', '19900307', '1990-03-07 00:00:00', 'Mar 7, 1990'],
    ['1990-13-07', '2023-02-29', '1234', 'March'],
  ],
  'birth-year': [
    ['1990', '1990年', '1990s', '1990-1999'],
    ['1890', '90', '199005'],
  ],
  'birth-month': [
    ['1990-05', '1990年5月', '199005'],
    ['1990', '199013'],
  ],
  'birth-headed': [
    ['29221', '1/1/80 0:00', '00/00/1980'],
    ['abc', '12', '(x)1990'],
  ],
  'person-name-headed': [
    ['player 12', 'u_zhang'],
    ['yes', 'A1', '12', 'Active'],
  ],
  'birth-part': [
    ['1', '12', '31.0'],
    ['0', '32'],
  ],
  age: [
    ['34', '34岁', '7.5', '120'],
    ['140', '-3', '三十'],
  ],
  'age-range': [
    ['18-25', '60岁以上', '<18', '65+'],
    ['34', 'old'],
  ],
  'home-address-zh': [
    ['云亭市临波区望江路12号3室', '望江镇三村二组'],
    ['望江路', '12号'],
  ],
  'home-address-en': [
    ['123 Main St', '108 N. Lake Ave'],
    ['Main Street', '123'],
  ],
  'home-address-words': [
    ['Baghia 18', '#401', '望江新村'],
    ['12', 'a1'],
  ],
  postcode: [
    ['200003', '1012AB', 'SW1A 1AA', 'K1A 0B1', '90210-1234'],
    ['12', 'abc', '1234567'],
  ],
  'coordinate-pair': [
    ['31.2304,121.4737', '(121.4737, 31.2304)', '-1.2921 36.8219'],
    ['31,121', '231.5,121.5', '1.5'],
  ],
  coordinate: [
    ['121.4737', '-31', '31°14′20″N'],
    ['181.2', 'abc'],
  ],
  religion: [['佛教', 'Muslim'], ['教育']],
  'religion-coded': [['2', 'CH'], ['12345']],
  ethnicity: [['汉族', 'African American'], ['民族路']],
  'health-listed': [
    ['2型糖尿病', 'Type 2 diabetes'],
    ['健康', '123'],
  ],
  biometric: [
    ['a'.repeat(40), 'faces/1.jpg'],
    ['12', '有'],
  ],
  affiliation: [['中共党员', '群众'], ['党']],
  'specific-identity': [['盗窃'], ['12', '是']],
  income: [['12,300.50', '8000元'], ['高']],
  sex: [
    ['男', 'F', 'female'],
    ['甲', '5'],
  ],
  'sex-coded': [['1', '2', 'X'], ['male or female']],
  'marital-status': [['已婚', 'divorced'], ['婚']],
  education: [['本科', 'PhD'], ['学']],
  occupation: [['教师', 'nurse'], ['职业']],
  nationality: [
    ['中国', 'French'],
    ['1', '是'],
  ],
  language: [['普通话', 'en', 'Swahili'], ['话']],
  url: [
    ['https://example.org/a', 'www.example.org', 'asustek.com'],
    ['example', 'a.b', 'v1.2.3'],
  ],
  'generic-id': [
    ['uid-9982', '0', 'a/b:1', '27aa8378-b0f4-4289'],
    ['active', 'two words 1', '甲1'],
  ],
};

describe('what each column rule accepts', () => {
  for (const [rule, [accepted, refused]] of Object.entries(CELLS)) {
    it(`${rule} accepts ${accepted.join(' | ')}`, () => {
      for (const cell of accepted) expect(accepts(rule, cell), cell).to.equal(true);
    });
    it(`${rule} refuses ${refused.join(' | ')}`, () => {
      for (const cell of refused) expect(accepts(rule, cell), cell).to.equal(false);
    });
  }

  it('is shown for every rule, but those that share their validator and lists with one that is', () => {
    const by = ({ validator, lists = [] }: ColumnWay): string => [validator, ...lists].join();
    const ways = columns.types.flatMap((type) => type.ways);
    const shown = new Set(ways.filter(({ rule }) => rule in CELLS).map(by));
    const trivial = new Set(['any']);
    expect(
      ways.filter((way) => !shown.has(by(way)) && !trivial.has(way.validator)).map(({ rule }) => rule),
    ).to.deep.equal(['religion-plain', 'ethnicity-plain', 'sex-plain']);
  });

  it('uses every validator that there is', () => {
    const used = new Set(columns.types.flatMap((type) => type.ways.map(({ validator }) => validator)));
    expect(Object.keys(VALIDATORS).filter((name) => !used.has(name))).to.deep.equal([]);
  });
});
