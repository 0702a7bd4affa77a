import { setTimeout as sleep } from 'node:timers/promises';
import { DENY, type FakeAnswer, type FakeTiergate, PERMIT, type Trouble } from '../fake-server/index.js';
import type { Question } from '../questions.js';

/** The portal that is tried: one file of it, asked for as one visitor, and as another. */
export interface PortalUnderTest {
  /** Address of a file that the portal serves on a permit, e.g. `http://127.0.0.1:8090/files/<distribution>/data.csv`. */
  readonly file: string;
  readonly visitor: Readonly<Record<string, string>>;
  readonly other: Readonly<Record<string, string>>;
  /** The longest it may take to say that it could not decide (ms). */
  readonly patience?: number;
}

export interface Tried {
  readonly id: string;
  readonly holds: boolean;
  /** What came instead. */
  readonly saw: string;
}

interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

const PATIENCE = 15_000;
/** What a request takes beside the bound that is measured (ms). */
const SLACK = 700;
const REPORTED_WITHIN = 2000;
const SOURCE = 'Fake Commission 交通';

/** One thing a portal must do; the words are for whoever reads the table. */
export interface Rule {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  tried(trial: Trial): Promise<string | null>;
}

/** Talks to the portal, and sets what the fake says meanwhile. */
export class Trial {
  /** The file as it was served whole. */
  whole = '';

  constructor(
    readonly fake: FakeTiergate,
    private readonly portal: PortalUnderTest,
  ) {}

  says(answer: FakeAnswer | ((question: Question) => FakeAnswer)): void {
    this.fake.decide = typeof answer === 'function' ? answer : () => answer;
  }

  async get(by: 'visitor' | 'other' = 'visitor'): Promise<Seen> {
    try {
      const signal = AbortSignal.timeout(this.portal.patience ?? PATIENCE);
      const answer = await fetch(this.portal.file, { headers: this.portal[by], redirect: 'manual', signal });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    } catch {
      return { status: 0, text: '', headers: new Headers() };
    }
  }

  /** What is kept of earlier answers has ended. */
  async forgets(): Promise<void> {
    await sleep(this.fake.holds + 100);
  }

  isServed({ status, text }: Seen): boolean {
    return (status >= 200 && status < 300) || (this.whole !== '' && text.includes(this.whole));
  }
}

const said = ({ status, text }: Seen): string =>
  status === 0 ? 'no answer in time' : `${status} ${text.slice(0, 80).replaceAll(/\s+/g, ' ')}`;

/** Not served; with one of these statuses. */
const refused =
  (...statuses: readonly number[]) =>
  (trial: Trial, seen: Seen): string | null =>
    !trial.isServed(seen) && statuses.includes(seen.status) ? null : said(seen);

const troubled = (trouble: Trouble, en: string, zh: string): Rule => ({
  id: `closed-${trouble}`,
  en: `Nothing is served, and 503 says so, when Tiergate ${en}`,
  zh: `Tiergate ${zh}时不提供，并返回 503`,
  tried: async (trial) => {
    trial.says(PERMIT);
    await trial.forgets();
    trial.fake.trouble = trouble;
    const seen = await trial.get();
    trial.fake.trouble = null;
    return refused(503)(trial, seen);
  },
});

const answered = (id: string, en: string, zh: string, answer: FakeAnswer, ...statuses: number[]): Rule => ({
  id,
  en,
  zh,
  tried: async (trial) => {
    await trial.forgets();
    trial.says(answer);
    return refused(...statuses)(trial, await trial.get());
  },
});

export const RULES: readonly Rule[] = [
  {
    id: 'asks-and-serves',
    en: 'Asks Tiergate, and serves on a permit',
    zh: '询问 Tiergate，获准后提供',
    tried: async (trial) => {
      trial.says(PERMIT);
      const before = trial.fake.asked.length;
      const seen = await trial.get();
      if (trial.fake.asked.length === before) return `did not ask; ${said(seen)}`;
      if (seen.status !== 200 || seen.text === '') return said(seen);
      trial.whole = seen.text;
      return null;
    },
  },
  answered('refuses', 'Answers a deny with 403', '判定为不可时返回 403', DENY, 403),
  {
    id: 'stops-in-time',
    en: 'Stops within the `validUntil` of the last permit once access is revoked',
    zh: '撤销后在上次许可的 validUntil 之内停止提供',
    tried: async (trial) => {
      await trial.forgets();
      trial.says(PERMIT);
      await trial.get();
      trial.says({ ...DENY, reason: 'grant-revoked' });
      const from = performance.now();
      for (let seen = await trial.get(); trial.isServed(seen); seen = await trial.get()) {
        if (performance.now() - from > trial.fake.holds + SLACK)
          return `still served after ${trial.fake.holds + SLACK} ms`;
        await sleep(50);
      }
      return null;
    },
  },
  {
    id: 'each-visitor-alone',
    en: 'Serves nobody on the permit of somebody else',
    zh: '不以他人的许可提供',
    tried: async (trial) => {
      await trial.forgets();
      let permitted: string | undefined;
      trial.says(({ subject }) => ((permitted ??= subject.id) === subject.id ? PERMIT : DENY));
      const first = await trial.get();
      if (!trial.isServed(first)) return said(first);
      return refused(401, 403)(trial, await trial.get('other'));
    },
  },
  answered(
    'says-undecided',
    'Answers 503, not 403, where it could not be decided',
    '无法判定时返回 503 而非 403',
    { decision: false, reason: 'stale', undecided: true },
    503,
  ),
  troubled('fails', 'answers 500', '返回 500'),
  troubled('silent', 'does not answer', '无响应'),
  troubled('cuts', 'hangs up', '断开连接'),
  troubled('redirects', 'redirects', '重定向'),
  troubled('page', 'answers with a page', '返回网页'),
  troubled('half', 'answers with half a JSON', '返回不完整的 JSON'),
  troubled('text-decision', 'answers "true" as text', '以文本返回 "true"'),
  troubled('no-context', 'gives no reason', '未说明理由'),
  answered(
    'unknown-obligation',
    'Does not serve where a permit carries an obligation it does not know',
    '许可附有未知义务时不提供',
    { ...PERMIT, obligations: [{ type: 'log' }, { type: 'portal-test-unknown' }] },
    403,
    503,
  ),
  answered(
    'ended-answer',
    'Does not serve on an answer that ended an hour ago',
    '不以一小时前已失效的判定提供',
    { ...PERMIT, holds: -3_600_000 },
    403,
    503,
  ),
  {
    id: 'filters-items',
    en: 'Lets only the items out that `mask` names, or serves nothing',
    zh: '仅提供 mask 所列数据项，否则不提供',
    tried: async (trial) => {
      const [first, ...rest] = itemsOf(trial.whole);
      if (first === undefined || rest.length === 0)
        return 'the file has no two columns to tell apart: name another one';
      await trial.forgets();
      trial.says(({ resource }) =>
        resource.properties?.items?.join() === first
          ? { ...PERMIT, obligations: [{ type: 'mask', keep: [first] }] }
          : { ...DENY, reason: 'items-partly-covered', items: { covered: [first], missing: rest } },
      );
      const asked = await trial.get();
      await trial.forgets();
      trial.says({ ...PERMIT, obligations: [{ type: 'mask', keep: [first] }] });
      const unasked = await trial.get();
      for (const seen of [asked, unasked])
        if (trial.isServed(seen) && rest.some((item) => itemsOf(seen.text).includes(item))) return said(seen);
      return null;
    },
  },
  {
    id: 'names-the-source',
    en: 'Names the source that `attribute` asks for, or serves nothing',
    zh: '注明 attribute 所要求的来源，否则不提供',
    tried: async (trial) => {
      await trial.forgets();
      trial.says({ ...PERMIT, obligations: [{ type: 'attribute', source: SOURCE }] });
      const seen = await trial.get();
      const everything = `${[...seen.headers].join('\n')}\n${seen.text}`;
      const named = [SOURCE, encodeURIComponent(SOURCE)].some((name) => everything.includes(name));
      return named || !trial.isServed(seen) ? null : `served without naming ${SOURCE}`;
    },
  },
  {
    id: 'reports-deliveries',
    en: 'Reports each delivery that `count` asks for, with the decision it rests on',
    zh: '按 count 要求逐次报告交付，并附判定编号',
    tried: async (trial) => {
      await trial.forgets();
      trial.says({ ...PERMIT, obligations: [{ type: 'count' }] });
      const before = trial.fake.delivered.length;
      const seen = [await trial.get(), await trial.get()].filter((one) => trial.isServed(one)).length;
      for (let waited = 0; waited < REPORTED_WITHIN; waited += 50) {
        const ids = new Set(trial.fake.delivered.slice(before).map(({ evaluationId }) => evaluationId));
        if (ids.size >= seen) return null;
        await sleep(50);
      }
      return `${seen} served, ${trial.fake.delivered.length - before} reported`;
    },
  },
  {
    id: 'signs-in-again',
    en: 'Signs in anew when its token has ended',
    zh: '令牌失效后重新登录',
    tried: async (trial) => {
      await trial.forgets();
      trial.says(PERMIT);
      trial.fake.endTokens();
      const seen = [await trial.get(), await trial.get()];
      return seen.some((one) => trial.isServed(one)) ? null : said(seen[1] as Seen);
    },
  },
];

/** Names of the columns of a CSV, or of the members of the first object of a JSON list. */
function itemsOf(text: string): readonly string[] {
  try {
    const rows = JSON.parse(text) as readonly object[];
    return Object.keys(rows[0] ?? {});
  } catch {
    return (text.split(/\r?\n/, 1)[0] ?? '').split(',').map((cell) => cell.replaceAll('"', '').trim());
  }
}

/** Tries a portal rule by rule. The first is what all others need: without it there is no use in going on. */
export async function tryPortal(
  fake: FakeTiergate,
  portal: PortalUnderTest,
  onTried: (rule: Rule, tried: Tried) => void = () => undefined,
  rules: readonly Rule[] = RULES,
): Promise<readonly Tried[]> {
  const trial = new Trial(fake, portal);
  const all: Tried[] = [];
  for (const rule of rules) {
    const saw = await rule.tried(trial);
    fake.trouble = null;
    const tried = { id: rule.id, holds: saw === null, saw: saw ?? '' };
    all.push(tried);
    onTried(rule, tried);
    if (!tried.holds && all.length === 1) break;
  }
  return all;
}
