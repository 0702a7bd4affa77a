import { SILENT, either, inForms, sparse, type Recipe } from './hard-recipes.js';
import { TRAPS } from './hard-traps.js';
import * as made from './made-up.js';

/** A column of made-up cells and the types that it is, by those who made it. */
export interface HardColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly types: readonly string[];
  /** What makes it hard, for the list of failures. */
  readonly trap: string;
}
/** Columns in which something is to be found. */
const FOUND: readonly Recipe[] = [
  ...inForms(['resident-id'], ['身份证号', '证件号码', 'id_card', ...SILENT], made.residentId),
  {
    types: ['resident-id'],
    trap: 'small x',
    headings: ['sfzh', ...SILENT],
    cell: (random) => made.residentId(random).toLowerCase(),
  },
  {
    types: ['resident-id'],
    trap: 'first generation, 15 digits',
    headings: ['身份证号', '公民身份号码'],
    cell: made.oldResidentId,
  },
  {
    types: ['resident-id'],
    trap: 'both generations',
    headings: ['身份证号'],
    cell: either(made.residentId, made.oldResidentId),
  },
  {
    types: ['resident-id'],
    trap: 'one in forty is filled in',
    headings: ['身份证号'],
    cell: sparse(made.residentId, 40),
    least: 300,
  },
  {
    types: ['resident-id'],
    trap: 'inside a text',
    headings: SILENT,
    cell: (random) => `当事人${made.personName(random)}（${made.residentId(random)}）已签收`,
  },
  {
    types: ['resident-id', 'mobile-number'],
    trap: 'two identifiers in a text',
    headings: ['备注', ...SILENT],
    cell: (random) => `身份证${made.residentId(random)}，电话${made.mobile(random)}，已回访`,
  },
  ...inForms(['credit-code'], ['统一社会信用代码', 'credit_code', ...SILENT], made.creditCode),
  { types: ['credit-code'], trap: 'half filled in', headings: ['信用代码'], cell: sparse(made.creditCode, 2) },
  ...inForms(['bank-card'], ['银行卡号', 'card number', ...SILENT], made.bankCard),
  {
    types: ['bank-card'],
    trap: 'in groups',
    headings: ['银行卡', ...SILENT],
    cell: (random) => made.bankCard(random).replace(/(\d{4})(?=\d)/g, '$1 '),
  },
  ...inForms(['mobile-number'], ['手机号', '联系电话', 'mobile', ...SILENT], made.mobile),
  {
    types: ['mobile-number'],
    trap: 'in groups',
    headings: ['手机', ...SILENT],
    cell: (random) => made.mobile(random).replace(/(...)(....)(....)/, '$1 $2 $3'),
  },
  {
    types: ['mobile-number'],
    trap: 'with the country',
    headings: ['phone', ...SILENT],
    cell: (random) => `+86-${made.mobile(random)}`,
  },
  {
    types: ['mobile-number'],
    trap: 'read as a fraction',
    headings: ['电话', ...SILENT],
    cell: (random) => `${made.mobile(random)}.0`,
  },
  {
    types: ['mobile-number', 'person-name'],
    trap: 'mixed with the name',
    headings: ['联系方式', ...SILENT],
    cell: (random) => `${made.personName(random)} ${made.mobile(random)}`,
  },
  {
    types: ['mobile-number', 'person-name'],
    trap: 'mixed with the name, no blank',
    headings: SILENT,
    cell: (random) => `${made.personName(random)}：${made.mobile(random)}`,
  },
  { types: ['phone-number'], trap: 'landlines', headings: ['办公电话', '联系电话', ...SILENT], cell: made.landline },
  {
    types: ['phone-number'],
    trap: 'with extensions',
    headings: ['电话', ...SILENT],
    cell: (random) => `${made.landline(random)}转${made.digits(random, 3)}`,
  },
  {
    types: ['phone-number'],
    trap: 'abroad',
    headings: ['phone', ...SILENT],
    cell: (random) =>
      `+${made.pick(random, ['44', '49', '852'])} ${2 + random(7)}${made.digits(random, 2)} ${made.digits(random, 6)}`,
  },
  ...inForms(['email'], ['邮箱', 'email', ...SILENT], made.email),
  {
    types: ['email'],
    trap: 'inside a text',
    headings: SILENT,
    cell: (random) => `请发送至 ${made.email(random)}，谢谢`,
  },
  ...inForms(['passport'], ['护照号', 'passport no'], made.passport),
  ...inForms(['travel-permit'], ['港澳通行证号', '回乡证'], made.permit),
  ...inForms(['number-plate'], ['车牌号', ...SILENT], made.plate),
  { types: ['number-plate'], trap: 'new energy', headings: ['号牌', ...SILENT], cell: made.newEnergyPlate },
  {
    types: ['number-plate'],
    trap: 'with a dot',
    headings: ['车牌', ...SILENT],
    cell: (random) => made.plate(random).replace(/^(..)/, '$1·'),
  },
  ...inForms(['person-name'], ['姓名', '联系人', '户主'], made.personName),
  {
    types: ['person-name'],
    trap: 'under a heading that says nothing',
    headings: SILENT,
    cell: made.personName,
    least: 30,
  },
  { types: ['person-name'], trap: 'English', headings: ['full_name', ...SILENT], cell: made.englishName },
  ...inForms(['birth-date'], ['出生日期', 'date of birth', 'DOB'], made.birthDate),
  {
    types: ['birth-date'],
    trap: 'without separators',
    headings: ['出生年月日'],
    cell: (random) => made.birthDate(random).replaceAll('-', ''),
  },
  {
    types: ['birth-date'],
    trap: 'in Chinese',
    headings: ['生日'],
    cell: (random) => made.birthDate(random).replace(/(.*)-(.*)-(.*)/, '$1年$2月$3日'),
  },
  {
    types: ['home-address'],
    trap: 'with district and room',
    headings: ['家庭住址', '户籍地址'],
    cell: made.homeAddress,
  },
  { types: ['address'], trap: 'nobody says whose', headings: ['地址', '门牌', ...SILENT], cell: made.homeAddress },
  {
    types: ['organisation-name'],
    trap: 'among other words',
    headings: ['企业名称', ...SILENT],
    cell: made.organisation,
  },
  {
    types: ['masked-identifier'],
    trap: 'mobile numbers',
    headings: ['手机号', ...SILENT],
    cell: (random) => made.mobile(random).replace(/(...)....(....)/, '$1****$2'),
  },
  {
    types: ['masked-identifier'],
    trap: 'resident numbers',
    headings: ['身份证号', ...SILENT],
    cell: (random) => made.residentId(random).replace(/^(.{6}).{8}(.{4})$/, '$1********$2'),
  },
  {
    types: ['masked-identifier'],
    trap: 'bank cards',
    headings: ['卡号', ...SILENT],
    cell: (random) => `6228 **** **** ${made.digits(random, 4)}`,
  },
  {
    types: ['masked-identifier'],
    trap: 'full-width stars',
    headings: ['手机', ...SILENT],
    cell: (random) => made.mobile(random).replace(/(...)....(....)/, '$1＊＊＊＊$2'),
  },
  {
    types: ['masked-name'],
    trap: 'the middle',
    headings: ['姓名', ...SILENT],
    cell: (random) => `${made.personName(random).charAt(0)}*${made.personName(random).charAt(1)}`,
  },
  {
    types: ['masked-name'],
    trap: 'all but the family name',
    headings: ['申请人', ...SILENT],
    cell: (random) => `${made.personName(random).charAt(0)}${made.pick(random, ['某', '某某', '**', '×'])}`,
  },
  { types: ['device-id'], trap: 'of phones', headings: ['imei'], cell: made.imei },
  { types: ['ip-address'], trap: 'in a log', headings: ['client_ip', ...SILENT], cell: made.ipAddress },
];

/** Columns of a recipe: each has its own heading and length. */
const EACH = 6;

/** The same columns for the same seed. */
export function hardSet(seed: number): HardColumn[] {
  const random = made.generator(seed);
  return [...FOUND, ...TRAPS].flatMap(({ types, trap, headings, cell, least = 12 }) =>
    Array.from({ length: EACH }, () => ({
      name: made.pick(random, headings),
      types,
      trap,
      cells: Array.from({ length: least + random(least * 8) }, () => cell(random)),
    })),
  );
}

/** Types whose finding or absence is judged; what else is found is not wrong. */
export const JUDGED: readonly string[] = [...new Set(FOUND.flatMap(({ types }) => types))];
