import type { DatasetRecord } from '../src/catalogue/index.js';
import { dayOf, type Instant } from '../src/kernel/time.js';
import { organisationOf } from './organisations.js';
import { principalOf } from './seed-applications.js';
import type { SupervisionDoors } from './seed-supervision.js';
import { provedDownloads } from './stories.js';
import { at, DAY } from './told-time.js';

const NOTHING = { items: [], distribution: null, evidence: null, attachments: [], onBehalfOf: null } as const;

/**
 * What stewards, reviewers and the authority find in the demo: an objection to quality that was answered, one that waits,
 * and a complaint about personal information, which made the items it names rest and waits for a ruling.
 */
export async function seedComplaints(
  doors: SupervisionDoors,
  records: readonly DatasetRecord[],
  now: Instant,
): Promise<void> {
  const [late, broken] = provedDownloads(records, organisationOf('transport').id).slice(2);
  const [personal] = provedDownloads(records, organisationOf('health').id);
  if (late !== undefined) await answered(doors, late, now);
  if (broken !== undefined) await waiting(doors, broken, now);
  if (personal !== undefined) await verified(doors, personal, now);
}

async function answered({ supervision: { complaints }, ...told }: SupervisionDoors, late: DatasetRecord, now: Instant) {
  const objection = {
    ...NOTHING,
    about: 'quality' as const,
    right: null,
    fault: 'out-of-date' as const,
    dataset: late.id,
    reason: '目录标明按期更新，但最近一期数据仍为上一期内容。',
  };
  const { complaint } = await at(told, now - 24 * DAY, (tx) =>
    complaints.file(tx, principalOf('enterprise-b-handler'), objection),
  );
  const when = now - 20 * DAY;
  const text = '更新任务中断，已补发最新一期并恢复自动更新。';
  await at(told, when, (tx) =>
    complaints.command(tx, principalOf('steward-transport'), complaint.id, null, {
      name: 'answer',
      outcome: 'mended',
      mendedOn: dayOf(when),
      text,
    }),
  );
}

const waiting = ({ supervision: { complaints }, ...told }: SupervisionDoors, broken: DatasetRecord, now: Instant) =>
  at(told, now - 3 * DAY, (tx) =>
    complaints.file(tx, principalOf('studio'), {
      ...NOTHING,
      about: 'quality',
      right: null,
      fault: 'wrong-values',
      dataset: broken.id,
      reason: '部分记录的时间早于站点启用日期，疑为录入错误。',
    }),
  );

async function verified(
  { supervision: { complaints }, ...told }: SupervisionDoors,
  personal: DatasetRecord,
  now: Instant,
) {
  const [item] = personal.items;
  const { complaint } = await at(told, now - 6 * DAY, (tx) =>
    complaints.file(tx, principalOf('citizen'), {
      ...NOTHING,
      about: 'rights',
      fault: null,
      right: 'personal-information',
      dataset: personal.id,
      items: item === undefined ? [] : [item.name],
      reason: '结合公开信息可以推断出本人的就诊情况，请予处理。',
      evidence: '本人就诊记录摘要，现场核验',
    }),
  );
  await at(told, now - 3 * DAY, (tx) =>
    complaints.command(tx, principalOf('reviewer-health'), complaint.id, null, {
      name: 'report-finding',
      finding: 'partly-founded',
      remark: '小区级汇总中个别分组人数不足五人，存在推断可能。',
    }),
  );
}
