import fc from 'fast-check';
import { compile, type CompiledPack } from '../../../src/classification/domain/compiled.js';
import type { Facts, Finding } from '../../../src/classification/domain/facts.js';
import { requirePacks } from '../../../src/classification/packs/load.js';

/** The shipped packs, loaded once for all tests. */
export const packs = requirePacks();
export const pack = (id: 'cn-shanghai' | 'us-pod'): CompiledPack => {
  const found = packs.current(id);
  if (found === null) throw new Error(`no pack ${id}`);
  return compile(found.pack);
};

const phrase = fc.constantFrom(
  '公园绿地名录',
  '就诊记录',
  '不涉及国家秘密',
  '含个人信息',
  '实时路况',
  '姓名',
  '身份证号',
  '患者',
  '统计',
  'contains PII',
  'does not contain PII',
  'case files',
  'statistics by county',
  'Internal dataset',
  'restricted use file',
  'trade secrets',
  '手机号',
  'hospital beds',
);
const text = fc.array(phrase, { maxLength: 3 }).map((parts) => ({ zh: parts.join('，') }));
const tier = fc.constantFrom('open' as const, 'conditional' as const, 'restricted' as const);

export const anyFinding: fc.Arbitrary<Finding> = fc.record({
  item: fc.constantFrom('a', 'b', '备注'),
  type: fc.constantFrom(
    'resident-id',
    'mobile-number',
    'email',
    'person-name',
    'birth-date',
    'credit-code',
    'number-plate',
  ),
  matchedFraction: fc.double({ min: 0.01, max: 1, noNaN: true }),
  sampleSize: fc.integer({ min: 1, max: 10_000 }),
  rule: fc.constant('columns/1#test'),
});

/** Facts of all sorts: declared, undeclared, contradictory, with and without content evidence. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .record(
    {
      title: text,
      abstract: text,
      keywords: fc.array(phrase, { maxLength: 3 }),
      rights: phrase,
      updateFrequency: fc.constantFrom('realtime', 'yearly'),
      securityLevel: fc.constantFrom('L1', 'L3', 'L4'),
      declaredTier: tier,
      items: fc.uniqueArray(phrase, { maxLength: 3 }).map((names) => names.map((name) => ({ name }))),
      findings: fc.array(anyFinding, { maxLength: 3 }),
      distributions: fc.uniqueArray(
        fc.record({ id: fc.constantFrom('0', '1', '2'), kind: fc.constantFrom('file', 'api'), served: fc.boolean() }),
        { maxLength: 3, selector: ({ id }) => id },
      ),
    },
    { requiredKeys: ['title'] },
  )
  .map((facts) => facts as Facts);
