import type { ApplicationCommand, ApplicationRequest } from '../src/applications/index.js';
import type { DatasetRecord } from '../src/catalogue/index.js';
import type { Id } from '../src/kernel/ids.js';
import type { Purpose } from '../src/kernel/purpose.js';
import { addDays, addMonths, type Day, dayOf, type Instant, startOfDay, weekday } from '../src/kernel/time.js';
import { organisationOf } from './organisations.js';

/** A step of a story: so many days ago, at an hour of Shanghai, somebody does something. */
type Act =
  | { readonly name: 'create' }
  | { readonly name: 'sign' }
  | { readonly name: 'approve-some'; readonly quota: number }
  | ApplicationCommand;
type Step = readonly [daysAgo: number, hour: number, username: string, act: Act];

interface Story {
  readonly key: string;
  readonly holder: 'transport' | 'health';
  /** Between public bodies; else an enterprise or a person asks for what is opened. */
  readonly kind?: 'sharing';
  /** Which of the holder's plain conditional downloads are asked for; of sharing, of those that ask others for proofs. */
  readonly datasets: readonly number[];
  readonly purpose: Purpose;
  readonly scenario: string;
  readonly securityPlan?: string;
  readonly steps: readonly Step[];
}

const HANDLER = 'enterprise-b-handler';
const SIGNATORY = 'enterprise-b-signatory';
const create: Act = { name: 'create' };
const submit: Act = { name: 'submit', body: {} };
const accept: Act = { name: 'accept', body: {} };
const claim: Act = { name: 'claim', body: {} };
const advise = (remark: string): Act => ({ name: 'advise', body: { recommendation: 'approve', remark } });

/** The first part of every story that gets that far: drafted, handed in, taken up, claimed. */
const untilClaimed = (daysAgo: number, reviewer: string, applicant = HANDLER): Step[] => [
  [daysAgo + 1, 10, applicant, create],
  [daysAgo, 9, applicant, submit],
  [daysAgo - 1, 10, reviewer, accept],
  [daysAgo - 1, 11, reviewer, claim],
];

const BODY = 'handler-health';

/**
 * What has been asked for so far: by enterprise-b in every state people bring about, by an unincorporated organisation
 * and by a natural person one each that is under way, and by the health body what the transport body shares.
 */
const STORIES: readonly Story[] = [
  {
    key: 'concluded-transport',
    holder: 'transport',
    datasets: [0],
    purpose: 'product-development',
    scenario: '为慢病患者复诊出行提供到院时间预估，仅使用路段与站点级汇总数据。',
    steps: [
      ...untilClaimed(74, 'reviewer-transport'),
      [70, 15, 'reviewer-transport', advise('用途明确，所需数据项与场景相符。')],
      [66, 10, 'approver', { name: 'approve', body: { reason: '符合开放条件。' } }],
      [64, 14, SIGNATORY, { name: 'sign' }],
    ],
  },
  {
    key: 'concluded-health',
    holder: 'health',
    datasets: [0],
    purpose: 'research',
    scenario: '研究专科门诊候诊时长与分时段预约的关系，形成公开论文。',
    steps: [
      ...untilClaimed(58, 'reviewer-health'),
      [55, 9, 'reviewer-health', { name: 'ask', body: { text: '请说明数据保存地点与接触人员范围。' } }],
      [54, 16, HANDLER, { name: 'answer', body: { text: '保存于本地专用服务器，仅两名研究人员可访问。' } }],
      [52, 10, 'reviewer-health', advise('研究目的清楚，安全措施可行。')],
      [48, 11, 'approver', { name: 'approve', body: { reason: '同意用于所述研究。' } }],
      [47, 9, SIGNATORY, { name: 'sign' }],
    ],
  },
  {
    key: 'refused',
    holder: 'health',
    datasets: [1],
    purpose: 'marketing',
    scenario: '向社区居民推送健康商品广告。',
    steps: [
      ...untilClaimed(40, 'reviewer-health'),
      [
        37,
        10,
        'reviewer-health',
        { name: 'advise', body: { recommendation: 'refuse', remark: '用途为商业推广，不在开放条件范围内。' } },
      ],
      [
        33,
        15,
        'approver',
        { name: 'refuse', body: { reasons: [{ code: 'purpose-not-covered', text: '开放条件未包括商业推广用途。' }] } },
      ],
    ],
  },
  {
    key: 'withdrawn',
    holder: 'transport',
    datasets: [1],
    purpose: 'product-development',
    scenario: '体检中心班车线路优化。',
    steps: [
      [31, 10, HANDLER, create],
      [30, 9, HANDLER, submit],
      [28, 14, HANDLER, { name: 'withdraw', body: { reason: '项目取消。' } }],
    ],
  },
  {
    key: 'partly-approved',
    holder: 'health',
    datasets: [2, 3],
    purpose: 'public-service',
    scenario: '社区慢病随访人力调配测算。',
    steps: [
      ...untilClaimed(22, 'reviewer-health'),
      [
        19,
        10,
        'reviewer-health',
        { name: 'advise', body: { recommendation: 'approve-in-part', remark: '第二个数据集与用途无关。' } },
      ],
      [15, 10, 'approver', { name: 'approve-some', quota: 24 }],
    ],
  },
  {
    key: 'approved',
    holder: 'transport',
    datasets: [2],
    purpose: 'research',
    scenario: '院前急救车辆通行时间研究。',
    steps: [
      ...untilClaimed(16, 'reviewer-transport'),
      [13, 10, 'reviewer-transport', advise('符合条件。')],
      [8, 11, 'approver', { name: 'approve', body: { reason: '符合开放条件。' } }],
    ],
  },
  {
    key: 'in-review-authority',
    holder: 'health',
    datasets: [4],
    purpose: 'research',
    scenario: '流感季门诊负荷预测模型。',
    steps: [...untilClaimed(12, 'reviewer-health'), [7, 16, 'reviewer-health', advise('建议同意。')]],
  },
  {
    key: 'in-review-holder',
    holder: 'transport',
    datasets: [3],
    purpose: 'operations',
    scenario: '医疗物资配送路线规划。',
    steps: [
      ...untilClaimed(9, 'reviewer-transport'),
      [6, 10, 'reviewer-transport', { name: 'ask', body: { text: '请说明配送车辆规模，以及为何需要逐时数据。' } }],
    ],
  },
  {
    key: 'closed',
    holder: 'transport',
    datasets: [3],
    purpose: 'operations',
    scenario: '医疗物资配送路线规划（重复提交）。',
    steps: [
      [8, 10, HANDLER, create],
      [7, 10, HANDLER, submit],
      [6, 11, 'reviewer-transport', { name: 'close', body: { reason: '与在办申请重复，请关注在办申请。' } }],
    ],
  },
  {
    key: 'needs-correction',
    holder: 'health',
    datasets: [5],
    purpose: 'education',
    scenario: '护理专业课程案例。',
    steps: [
      [6, 10, HANDLER, create],
      [5, 10, HANDLER, submit],
      [
        3,
        15,
        'reviewer-health',
        {
          name: 'request-correction',
          body: { defects: [{ pointer: '/securityPlan', text: '请补充课程结束后的删除措施。' }] },
        },
      ],
    ],
  },
  {
    key: 'submitted',
    holder: 'transport',
    datasets: [4],
    purpose: 'research',
    scenario: '就医出行碳排放测算。',
    steps: [
      [3, 10, HANDLER, create],
      [2, 9, HANDLER, submit],
    ],
  },
  {
    key: 'studio-in-review',
    holder: 'health',
    datasets: [0],
    purpose: 'product-development',
    scenario: '面向社区的就诊时段提示小工具，仅展示汇总数据。',
    steps: [
      ...untilClaimed(10, 'reviewer-health', 'studio'),
      [6, 11, 'reviewer-health', advise('规模小但用途清楚，措施可行。')],
    ],
  },
  {
    key: 'citizen-in-review',
    holder: 'transport',
    datasets: [0],
    purpose: 'research',
    scenario: '毕业论文：公交站点可达性与老年人出行。',
    securityPlan: '数据存放于本人加密硬盘，仅本人可访问，论文完成后删除并提交说明。',
    steps: [
      ...untilClaimed(8, 'reviewer-transport', 'citizen'),
      [5, 14, 'reviewer-transport', { name: 'ask', body: { text: '请说明数据保存在何处，论文完成后何时删除。' } }],
    ],
  },
  {
    key: 'shared',
    kind: 'sharing',
    holder: 'transport',
    datasets: [0],
    purpose: 'public-service',
    scenario: '急救站点布局与道路通行时间比对，属本机关履行职责所需。',
    steps: [
      [36, 9, BODY, create],
      [36, 10, BODY, submit],
      [35, 10, 'reviewer-transport', accept],
      [33, 15, 'reviewer-transport', { name: 'approve', body: { reason: '与履行职责相符。' } }],
      [32, 9, 'signatory-health', { name: 'sign' }],
    ],
  },
  {
    key: 'sharing-asked',
    kind: 'sharing',
    holder: 'transport',
    datasets: [1],
    purpose: 'public-service',
    scenario: '传染病监测点客流测算，属本机关履行职责所需。',
    steps: [
      [1, 10, BODY, create],
      [1, 11, BODY, submit],
    ],
  },
  {
    key: 'draft',
    holder: 'health',
    datasets: [6],
    purpose: 'product-development',
    scenario: '门诊排队提醒小程序。',
    steps: [[1, 15, HANDLER, create]],
  },
];

/** One step of the plan, at its time; the whole plan is in the order of time. */
export interface PlannedStep {
  readonly story: string;
  readonly at: Instant;
  readonly by: string;
  readonly act: Act;
  readonly request: ApplicationRequest;
  readonly kind: 'sharing' | undefined;
}

/** Officials and handlers do not work on Saturdays and Sundays: the Friday before. */
const workday = (day: Day): Day => addDays(day, weekday(day) === 0 ? -2 : weekday(day) === 6 ? -1 : 0);

const at = (today: Day, daysAgo: number, hour: number): Instant =>
  startOfDay(workday(addDays(today, -daysAgo))) + hour * 3_600_000;

function requestOf(story: Story, shelf: readonly DatasetRecord[], today: Day): ApplicationRequest {
  const begun = dayOf(at(today, story.steps[0]?.[0] ?? 0, 9));
  return {
    datasets: story.datasets.map((place) => ({ dataset: (shelf[place] as DatasetRecord).id, items: [] })),
    purpose: { category: story.purpose, scenario: story.scenario },
    delivery: 'download',
    period: { from: begun, to: addMonths(begun, 14) },
    members: [],
    securityPlan: story.securityPlan ?? '数据加密存放于本单位服务器，两名指定人员可访问，期满后删除并提交说明。',
    evidence: [],
  };
}

const downloads = (datasets: readonly DatasetRecord[], publisher: Id): DatasetRecord[] =>
  datasets.filter(
    (one) => one.publisher === publisher && one.tier === 'conditional' && one.deliveryKinds.includes('download'),
  );
const asksForProof = ({ conditions }: DatasetRecord): boolean =>
  conditions.some(({ evidenceRequired }) => evidenceRequired);

/** Conditional datasets of a body that are handed over as a file and ask for nothing to be proved. */
export const plainDownloads = (datasets: readonly DatasetRecord[], publisher: Id): DatasetRecord[] =>
  downloads(datasets, publisher).filter((one) => !asksForProof(one));
/** The others. */
export const provedDownloads = (datasets: readonly DatasetRecord[], publisher: Id): DatasetRecord[] =>
  downloads(datasets, publisher).filter(asksForProof);

const HALF_HOUR = 1_800_000;

function planOf(story: Story, datasets: readonly DatasetRecord[], today: Day): PlannedStep[] {
  const shelf = story.kind === 'sharing' ? provedDownloads : plainDownloads;
  const request = requestOf(story, shelf(datasets, organisationOf(story.holder).id), today);
  let last = 0;
  return story.steps.map(([daysAgo, hour, by, act]) => {
    last = Math.max(at(today, daysAgo, hour), last + HALF_HOUR);
    return { story: story.key, at: last, by, act, request, kind: story.kind };
  });
}

/** What happened so far, told from today: every step with its time, in order. */
export const plannedSteps = (datasets: readonly DatasetRecord[], today: Day): PlannedStep[] =>
  STORIES.flatMap((story) => planOf(story, datasets, today)).sort((a, b) => a.at - b.at);
