import type { Condition, DatasetItem, DatasetRecord, Distribution, Frequency } from '../src/catalogue/index.js';
import { LOCAL_PACK, LOCAL_SOURCE } from '../src/catalogue/index.js';
import type { DutyTerm } from '../src/kernel/duty-term.js';
import { FIELDS } from '../src/kernel/fields.js';
import type { Delivery } from '../src/kernel/purpose.js';
import type { Text } from '../src/kernel/text.js';
import type { Tier } from '../src/kernel/tier.js';
import { addDays, addMonths, type Day, startOfDay } from '../src/kernel/time.js';
import { agreementFor } from './agreements.js';
import { seedId } from './identifiers.js';
import { organisationOf } from './organisations.js';
import { type Stream, stream } from './random.js';
import type { Series, SeriesItem } from './series.js';
import { abstractOf } from './texts.js';
import { typeOf } from './values.js';
import { type Variant, variants } from './variants.js';
import { conditions as conditionTable } from './vocabulary/conditions.js';

const FREQUENCY: Readonly<Record<string, Frequency>> = {
  t: 'realtime',
  hr: 'hourly',
  d: 'daily',
  w: 'weekly',
  m: 'monthly',
  q: 'quarterly',
  h: 'half-yearly',
  y: 'yearly',
  o: 'irregular',
};
const DAYS: Partial<Record<Frequency, number>> = { realtime: 1, hourly: 1, daily: 1, weekly: 7 };
const MONTHS: Partial<Record<Frequency, number>> = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 };
const PROPOSED: Readonly<Record<Series['nature'], Tier>> = {
  o: 'open',
  c: 'conditional',
  r: 'restricted',
  x: 'open',
  rx: 'restricted',
};
const CONDITIONS = conditionTable
  .trim()
  .split('\n')
  .map((line): Condition => {
    const [kind = '', evidence, zh = '', en = '', due] = line.split(' | ').map((cell) => cell.trim());
    return { kind, text: { zh, en }, evidenceRequired: evidence === 'yes', ...dueOf(due) };
  });

function dueOf(cell: string | undefined): DutyTerm {
  const [name = '', count] = cell?.split(' ') ?? [];
  return name === '' ? {} : { [name]: Number(count) };
}

/** Where the data is: behind the example portal's check, relative to the server; or, contradicting, open to anyone. */
const urlOf = (nature: Series['nature'], distribution: string, format: string, kind: 'file' | 'api'): string => {
  if (nature === 'rx') return `https://download.yunting.example/${distribution}.${format.toLowerCase()}`;
  return kind === 'api' ? `/data-api/${distribution}` : `/files/${distribution}/data.${format.toLowerCase()}`;
};

/** Some records arrive without a proposed tier: the third of every seventh series. */
const undeclared = (variant: Variant, position: number): boolean =>
  variant.series.nature === 'o' && variant.index === 2 && position % 3 === 0;

function itemsOf(series: Series): DatasetItem[] {
  const proposed = PROPOSED[series.nature];
  const tierOf = (item: SeriesItem): Tier =>
    item.nature === 'p' ? 'restricted' : item.nature === 'm' ? proposed : 'open';
  return series.items.map((item) => ({
    name: item.name,
    title: { zh: item.zh, en: item.en },
    type: typeOf(item.value),
    tier: tierOf(item),
  }));
}

function deliveriesOf(variant: Variant, frequency: Frequency): Delivery[] {
  if (variant.series.nature === 'r') return [];
  if (frequency === 'realtime') return ['api'];
  if (variant.series.nature !== 'c') return frequency === 'daily' ? ['download', 'api'] : ['download'];
  if (frequency === 'hourly' || frequency === 'daily') return ['download', 'api'];
  return /脱敏|微观|微数据|明细/.test(variant.title.zh) ? ['download', 'sandbox'] : ['download'];
}

function distributionsOf(variant: Variant, deliveries: readonly Delivery[]): Distribution[] {
  const tier = PROPOSED[variant.series.nature];
  const make = (format: string, kind: 'file' | 'api', title: Distribution['title']): Distribution => {
    const id = seedId('distribution', `${variant.key}.${format}.${kind}`);
    const url = urlOf(variant.series.nature, id, format, kind);
    const mediaType = format === 'CSV' ? 'text/csv' : 'application/json';
    // What stands behind the check is no address of the data itself: it does not contradict a conditional tier.
    const direct = kind === 'file' && variant.series.nature !== 'c';
    return { id, title, format, mediaType, kind, tier, url, direct, kept: {} };
  };
  const files = deliveries.includes('download')
    ? [make('CSV', 'file', { zh: `${variant.title.zh}（CSV）`, en: `${variant.title.en} (CSV)` })]
    : [];
  if (files.length > 0 && variant.series.nature === 'o' && variant.index % 3 === 0)
    files.push(make('JSON', 'file', { zh: `${variant.title.zh}（JSON）`, en: `${variant.title.en} (JSON)` }));
  return deliveries.includes('api')
    ? [...files, make('JSON', 'api', { zh: `${variant.title.zh}查询接口`, en: `${variant.title.en}: query interface` })]
    : files;
}

/** Every second one asks for nothing that has to be proved. */
function conditionsOf(variant: Variant, random: Stream): Condition[] {
  if (variant.series.nature !== 'c') return [];
  const [scenario, ...plain] = CONDITIONS.filter((one) => !one.evidenceRequired) as [Condition, ...Condition[]];
  const proved = CONDITIONS.filter((one) => one.evidenceRequired);
  const chosen = [scenario, random.pick(plain)];
  if (variant.index % 2 === 0) return chosen;
  const first = random.int(0, proved.length - 1);
  const second = (first + random.int(1, proved.length - 1)) % proved.length;
  return [...chosen, proved[first] as Condition, ...(random.chance(0.5) ? [proved[second] as Condition] : [])];
}

interface Times {
  readonly frequency: Frequency;
  readonly lastUpdated: Day;
  readonly nextUpdateDue: Day | null;
}

/** A closed year is published once; what runs on was renewed within its period, except for a few late ones. */
function timesOf(variant: Variant, today: Day, random: Stream): Times {
  if (variant.year !== null) {
    const lastUpdated = addDays(`${variant.year + 1}-02-01`, random.int(0, 80));
    return { frequency: 'once', lastUpdated, nextUpdateDue: null };
  }
  const frequency = FREQUENCY[variant.series.every] ?? 'irregular';
  const late = random.chance(0.03) ? 20 : 0;
  const days = DAYS[frequency] ?? (MONTHS[frequency] ?? 6) * 30;
  const lastUpdated = addDays(today, -random.int(0, days - 1) - late);
  const months = MONTHS[frequency];
  const next = months === undefined ? addDays(lastUpdated, days) : addMonths(lastUpdated, months);
  return { frequency, lastUpdated, nextUpdateDue: frequency === 'irregular' ? null : next };
}

const CLOSED: Text = {
  zh: '《上海市数据条例》第四十一条第二款：涉及个人隐私、个人信息、商业秘密、保密商务信息，或者法律法规规定不得开放',
  en: 'Shanghai Data Regulations, art. 41 (2): privacy, personal information, trade secrets or confidential business information, or closed by law',
};
const BASIS: Readonly<Record<Series['nature'], Text | null>> = {
  o: null,
  x: null,
  c: {
    zh: '《上海市数据条例》第四十一条第二款：对数据安全和处理能力要求较高、时效性较强或者需要持续获取',
    en: 'Shanghai Data Regulations, art. 41 (2): high demands on security and processing, time-critical, or taken continuously',
  },
  r: CLOSED,
  rx: CLOSED,
};
/** Of the one environment that the bodies of the demo have in common. */
const SANDBOX = {
  text: {
    zh: '市大数据中心安全实验室，工作日 9:00–17:00；凭使用权限编号和身份证件预约，结果经核查后带出。',
    en: 'Secure laboratory of the data centre, working days 9:00–17:00; book with the number of the grant and proof of identity. Results leave it after a check.',
  },
  url: 'https://lab.example.org/',
};
const SHARING = { o: 'unconditional', x: 'conditional', c: 'conditional', r: 'not-shared', rx: 'not-shared' } as const;
const LEVEL = { o: 'L1', x: 'L1', c: 'L2', r: 'L4', rx: 'L4' } as const;

function recordOf(variant: Variant, position: number, today: Day): DatasetRecord {
  const { series } = variant;
  const random = stream(`dataset/${variant.key}`);
  const publisher = organisationOf(series.publisher);
  const times = timesOf(variant, today, random);
  const deliveryKinds = deliveriesOf(variant, times.frequency === 'once' ? 'irregular' : times.frequency);
  const declaredTier = undeclared(variant, position) ? null : PROPOSED[series.nature];
  const at = startOfDay(times.lastUpdated);
  return {
    id: seedId('dataset', variant.key),
    version: 1,
    identifier: `YT-${publisher.creditCode?.slice(8, 12)}-${String(position + 1).padStart(5, '0')}`,
    source: LOCAL_SOURCE,
    publisher: publisher.id,
    title: variant.title,
    abstract: abstractOf(variant, publisher, times.frequency, random),
    keywords: [FIELDS[series.field].zh, series.row.zh, series.row.en.toLowerCase()],
    field: series.field,
    declaredTier,
    tier: declaredTier ?? 'restricted',
    tierStatus: declaredTier === null ? 'pending-review' : 'declared',
    securityLevel: declaredTier === null ? null : LEVEL[series.nature],
    sharingTier: SHARING[series.nature],
    sharingCondition:
      SHARING[series.nature] === 'conditional'
        ? { zh: '按需申请，限于履行职责使用', en: 'On request, and only to carry out official duties' }
        : null,
    legalBasis: BASIS[series.nature],
    items: itemsOf(series),
    distributions: distributionsOf(variant, deliveryKinds),
    deliveryKinds,
    ...(deliveryKinds.includes('sandbox') && { sandbox: SANDBOX }),
    conditions: conditionsOf(variant, random),
    agreementTemplate: series.nature === 'c' ? agreementFor(deliveryKinds) : null,
    updateFrequency: times.frequency,
    lastUpdated: times.lastUpdated,
    nextUpdateDue: times.nextUpdateDue,
    state: 'listed',
    notices: [],
    listedWhenRestricted: series.nature === 'r' && variant.index % 2 === 0,
    nationalRegistrationCode: null,
    pack: LOCAL_PACK,
    sourceFacts: { declaredCode: declaredTier, rights: null, licence: null, kept: {}, hash: null },
    createdAt: at,
    changedAt: at,
  };
}

/** Every record of the demo as its publisher hands it in, before anybody judged it; the same for the same day. */
export const seedDatasets = (today: Day): DatasetRecord[] =>
  variants().map((variant, position) => recordOf(variant, position, today));
