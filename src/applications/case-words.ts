import type { ProceedingKind, ProceedingOutcome } from '../kernel/proceeding.js';
import type { Delivery, Purpose } from '../kernel/purpose.js';
import type { Text } from '../kernel/text.js';
import type { ApplicationState } from './domain/application.js';
import type { DeadlineKind, LedgerDay } from './domain/deadlines.js';
import type { EventName } from './domain/events.js';

/** Words of a case on paper and in tables; the console has its own beside its other words. */
type Words<Code extends string> = Readonly<Record<Code, Text>>;
type Short<Name extends string> = Name extends `application.${infer Rest}` ? Rest : never;

export const EVENT_WORDS: Words<Short<EventName>> = {
  created: { zh: '创建草稿', en: 'Draft begun' },
  changed: { zh: '修改申请', en: 'Draft changed' },
  submitted: { zh: '提交申请', en: 'Submitted' },
  corrected: { zh: '补正后重新提交', en: 'Corrected and submitted again' },
  withdrawn: { zh: '撤回申请', en: 'Withdrawn' },
  'correction-requested': { zh: '要求补正', en: 'Correction requested' },
  accepted: { zh: '受理', en: 'Accepted for handling' },
  claimed: { zh: '认领', en: 'Claimed' },
  released: { zh: '退回待办', en: 'Released' },
  reassigned: { zh: '转派', en: 'Reassigned' },
  'conflict-declared': { zh: '申报利益冲突', en: 'Conflict of interest declared' },
  passed: { zh: '转由替代人员办理', en: 'Passed to the substitute' },
  asked: { zh: '询问', en: 'Question' },
  answered: { zh: '答复', en: 'Answer' },
  remarked: { zh: '备注', en: 'Remark' },
  advised: { zh: '初审意见', en: 'Advice of the holder' },
  approved: { zh: '批准', en: 'Approved' },
  'partly-approved': { zh: '部分批准', en: 'Approved in part' },
  refused: { zh: '不予批准', en: 'Refused' },
  'agreement-accepted': { zh: '签署协议', en: 'Agreement accepted' },
  'agreement-counter-signed': { zh: '提供方会签协议', en: 'Agreement counter-signed by the holder' },
  'agreement-returned': { zh: '提供方退回协议', en: 'Agreement returned by the holder' },
  concluded: { zh: '办结', en: 'Concluded' },
  closed: { zh: '结案', en: 'Closed' },
  abandoned: { zh: '视为放弃', en: 'Abandoned' },
  consulted: { zh: '征求第三方意见', en: 'Third party consulted' },
  'consultation-recorded': { zh: '记录第三方意见', en: 'Third party’s view recorded' },
  'extension-proposed': { zh: '提请延期', en: 'Extension proposed' },
  extended: { zh: '延长期限', en: 'Deadline extended' },
  'member-added': { zh: '增加成员', en: 'Member added' },
  'member-removed': { zh: '移除成员', en: 'Member removed' },
  appealed: { zh: '申请复核', en: 'Review of the refusal asked for' },
  'appeal-decided': { zh: '作出复核决定', en: 'Review decided' },
  'proceeding-recorded': { zh: '登记复议或诉讼', en: 'Proceeding recorded' },
  'proceeding-ended': { zh: '登记复议或诉讼结果', en: 'Outcome of a proceeding recorded' },
  overdue: { zh: '已逾期', en: 'A due day has passed' },
  'consultation-lapsed': { zh: '第三方逾期未答复，由受理机关决定', en: 'The third party was silent; the body decides' },
  'calendar-applied': { zh: '按公布的日历重新计算期限', en: 'Due days counted again on the published calendar' },
  'use-restricted': {
    zh: '申请人被限制使用所申请的数据，由经办人员决定',
    en: 'The applicant’s use of the data was restricted; officers decide',
  },
  'tier-changed': { zh: '所申请数据集的开放类型已调整', en: 'The tier of a dataset asked for was changed' },
};

export const STATE_WORDS: Words<ApplicationState> = {
  draft: { zh: '草稿', en: 'Draft' },
  submitted: { zh: '已提交', en: 'Submitted' },
  'needs-correction': { zh: '待补正', en: 'Needs correction' },
  'in-review': { zh: '审核中', en: 'In review' },
  consulting: { zh: '征求意见中', en: 'Consulting' },
  approved: { zh: '已批准，待签协议', en: 'Approved, agreement pending' },
  'partly-approved': { zh: '部分批准，待签协议', en: 'Approved in part, agreement pending' },
  concluded: { zh: '已办结', en: 'Concluded' },
  refused: { zh: '不予批准', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  abandoned: { zh: '已放弃', en: 'Abandoned' },
  closed: { zh: '已结案', en: 'Closed' },
};

export const DEADLINE_WORDS: Words<DeadlineKind> = {
  acceptance: { zh: '受理', en: 'Acceptance' },
  correction: { zh: '补正', en: 'Correction' },
  decision: { zh: '审批', en: 'Ruling' },
};

export const OUTCOME_WORDS: Words<'approved' | 'approved-in-part' | 'refused'> = {
  approved: { zh: '批准', en: 'Approved' },
  'approved-in-part': { zh: '部分批准', en: 'Approved in part' },
  refused: { zh: '不予批准', en: 'Not approved' },
};

export const PROCEEDING_WORDS: Words<ProceedingKind> = {
  reconsideration: { zh: '行政复议', en: 'Administrative reconsideration' },
  litigation: { zh: '行政诉讼', en: 'Administrative litigation' },
};

export const PROCEEDING_OUTCOME_WORDS: Words<ProceedingOutcome> = {
  upheld: { zh: '维持原决定', en: 'The ruling stands' },
  changed: { zh: '变更原决定', en: 'The ruling was changed' },
  annulled: { zh: '撤销原决定', en: 'The ruling was annulled' },
  withdrawn: { zh: '撤回申请或撤诉', en: 'Withdrawn' },
  settled: { zh: '调解或和解', en: 'Settled' },
};

export const RECOMMENDATION_WORDS: Words<'approve' | 'approve-in-part' | 'refuse'> = {
  approve: { zh: '建议批准', en: 'Approve' },
  'approve-in-part': { zh: '建议部分批准', en: 'Approve in part' },
  refuse: { zh: '建议不予批准', en: 'Refuse' },
};

export const PURPOSE_WORDS: Words<Purpose> = {
  research: { zh: '科学研究', en: 'Research' },
  'product-development': { zh: '产品开发', en: 'Product development' },
  'public-service': { zh: '公共服务', en: 'Public service' },
  education: { zh: '教育教学', en: 'Education' },
  operations: { zh: '自身运营', en: 'Own operations' },
  journalism: { zh: '新闻报道', en: 'Journalism' },
  marketing: { zh: '市场营销', en: 'Marketing' },
  other: { zh: '其他', en: 'Other' },
};

export const DELIVERY_WORDS: Words<Delivery> = {
  download: { zh: '文件下载', en: 'Download' },
  api: { zh: '接口调用', en: 'Interface (API)' },
  sandbox: { zh: '数据沙箱', en: 'Sandbox' },
};

export const LEDGER_WORDS: Words<LedgerDay['why']> = {
  'working-day': { zh: '工作日', en: 'working day' },
  'make-up-day': { zh: '调休上班', en: 'make-up day' },
  weekend: { zh: '周末', en: 'weekend' },
  holiday: { zh: '节假日', en: 'holiday' },
  'paused-correction': { zh: '补正', en: 'correction' },
  'paused-consultation': { zh: '征求意见', en: 'consultation' },
};
