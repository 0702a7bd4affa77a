import type { DatasetRecord } from '../src/catalogue/index.js';
import type { Id } from '../src/kernel/ids.js';
import type { Instant } from '../src/kernel/time.js';
import type { Supervision } from '../src/supervision/index.js';
import { organisationOf } from './organisations.js';
import { principalOf } from './seed-applications.js';
import { at, DAY, type ToldTime } from './told-time.js';

/** Through which doors the supervisor's desk gets something on it. */
export interface SupervisionDoors extends ToldTime {
  readonly supervision: Pick<Supervision, 'service' | 'demands' | 'measures' | 'views' | 'complaints'>;
}

const SUPERVISOR = principalOf('supervisor');
const SPEAKER = principalOf('enterprise-b-handler');

/**
 * What a supervisor, a steward and enterprise-b find in the demo: a violation that ended with a notice, one that was
 * answered and waits for a decision, a demand that was refused with its reason, and one that waits.
 */
export async function seedSupervision(
  doors: SupervisionDoors,
  records: readonly DatasetRecord[],
  now: Instant,
): Promise<void> {
  const organisation = SPEAKER.organisation?.id ?? '';
  const live = await doors.unit.read((reader) =>
    doors.supervision.views.grants.store.liveOf(reader, 'organisation', organisation),
  );
  const [first] = live.filter(
    ({ grant }) => grant.agreement !== null && grant.ending === null && grant.holds.length === 0,
  );
  if (first !== undefined) {
    await noticed(doors, first.grant.id, now);
    await answered(doors, first.grant.id, now);
  }
  await demanded(doors, records, now);
}

async function noticed(doors: SupervisionDoors, grant: Id, now: Instant): Promise<void> {
  const { service, measures } = doors.supervision;
  const kind = 'missed-report';
  const description = '第三季度数据利用情况报告逾期未提交。';
  const id = await reported(doors, now - 20 * DAY, { grant, kind, description });
  await at(doors, now - 18 * DAY, (tx) =>
    service.command(tx, SPEAKER, id, null, { name: 'reply', text: '经办人变更，报告已于今日补交。' }),
  );
  const measure = {
    step: 'notice' as const,
    reason: '报告已补交，予以告知，请按期报送。',
    cureBy: null,
    until: null,
    quota: null,
    delivery: null,
    datasets: [],
  };
  await at(doors, now - 17 * DAY, (tx) =>
    service.command(tx, SUPERVISOR, id, null, { name: 'impose', measure, sanction: measures.nextId() }),
  );
}

async function answered(doors: SupervisionDoors, grant: Id, now: Instant): Promise<void> {
  const description = '门户记录显示夜间由脚本高频请求，超出平台规则规定的频次。';
  const id = await reported(doors, now - 6 * DAY, { grant, kind: 'platform-rules', description });
  await at(doors, now - 4 * DAY, (tx) =>
    doors.supervision.service.command(tx, SPEAKER, id, null, {
      name: 'reply',
      text: '脚本配置有误，已停用并设置频次上限。',
    }),
  );
}

async function reported(
  doors: SupervisionDoors,
  when: Instant,
  what: { readonly grant: Id; readonly kind: 'missed-report' | 'platform-rules'; readonly description: string },
): Promise<Id> {
  const report = { ...what, organisation: null, evidence: [{ reference: '监管台账', issuer: null }] };
  return (await at(doors, when, (tx) => doors.supervision.service.report(tx, SUPERVISOR, report))).violation.id;
}

async function demanded(doors: SupervisionDoors, records: readonly DatasetRecord[], now: Instant): Promise<void> {
  const { demands } = doors.supervision;
  const holder = organisationOf('transport').id;
  const closed = records.find(
    (one) =>
      one.publisher === holder && one.tier === 'restricted' && one.state === 'listed' && one.listedWhenRestricted,
  );
  if (closed !== undefined) {
    const asked = {
      dataset: closed.id,
      holder: null,
      title: `申请开放：${closed.title.zh ?? closed.identifier}`,
      description: '用于社区出行研究。',
    };
    const made = await at(doors, now - 30 * DAY, (tx) => demands.make(tx, principalOf('citizen'), asked));
    const answer = {
      outcome: 'refused' as const,
      text: '该数据含可识别个人的信息，脱敏评估完成前不予开放。',
      reason: 'personal-information' as const,
      dataset: null,
      plannedBy: null,
    };
    await at(doors, now - 25 * DAY, (tx) =>
      demands.answer(tx, principalOf('steward-transport'), made.demand.id, null, answer),
    );
  }
  const unlisted = { dataset: null, holder, title: '公共自行车站点实时车位', description: '用于换乘导航应用。' };
  await at(doors, now - 3 * DAY, (tx) => demands.make(tx, SPEAKER, unlisted));
}
