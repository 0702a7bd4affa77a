import type { EvidenceViews } from '../src/evidence/index.js';
import { addDays, type Day, dayOf, type Instant } from '../src/kernel/time.js';
import { principalOf } from './seed-applications.js';
import { at, DAY, type ToldTime } from './told-time.js';

export interface EvidenceDoors extends ToldTime {
  readonly evidence: Pick<EvidenceViews, 'service'>;
}

const SPEAKER = principalOf('enterprise-b-handler');
const OFFICER = principalOf('officer');

/**
 * What enterprise-b has on file: a credit record that was verified and soon has to be renewed, a filing that was turned
 * down, and proof of training that waits for an officer.
 */
export async function seedEvidence(doors: EvidenceDoors, now: Instant): Promise<void> {
  const { service } = doors.evidence;
  const today = dayOf(now);
  const credit = await filed(doors, now - 60 * DAY, 'credit-record', '市公共信用信息中心', addDays(today, 21));
  await at(doors, now - 58 * DAY, (tx) => service.command(tx, OFFICER, credit, null, { name: 'verify', remark: null }));
  const grade = await filed(doors, now - 40 * DAY, 'mlps-filing', '市级网络安全主管机关', null);
  const reason = '备案证明所载系统名称与承载系统不一致，请核对后重新提交。';
  await at(doors, now - 38 * DAY, (tx) => service.command(tx, OFFICER, grade, null, { name: 'reject', reason }));
  await filed(doors, now - 2 * DAY, 'training', '云汀市数据安全培训中心', addDays(today, 300));
}

async function filed(doors: EvidenceDoors, when: Instant, kind: string, issuer: string, validUntil: Day | null) {
  const proof = {
    kind,
    issuer,
    reference: `${kind.toUpperCase()}-${dayOf(when).slice(0, 4)}-0417`,
    validFrom: null,
    validUntil,
    attachment: null,
    replaces: null,
  };
  return (await at(doors, when, (tx) => doors.evidence.service.file(tx, SPEAKER, proof))).evidence.id;
}
