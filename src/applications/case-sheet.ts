import { type Language, type Text, textIn } from '../kernel/text.js';
import type { Sheet, SheetCell } from '../sheets/index.js';
import type { CaseFile } from './case-file.js';
import {
  DEADLINE_WORDS,
  DELIVERY_WORDS,
  EVENT_WORDS,
  LEDGER_WORDS,
  OUTCOME_WORDS,
  PROCEEDING_OUTCOME_WORDS,
  PROCEEDING_WORDS,
  PURPOSE_WORDS,
  RECOMMENDATION_WORDS,
  STATE_WORDS,
} from './case-words.js';
import type { FormField } from './domain/form.js';

/** When, who, what it is, and what was said. */
type Line = readonly [part: Text, when: string | null, who: string | null, what: string, said: string | null];
type Case = CaseFile['case'];

const COLUMNS: Sheet['columns'] = [
  { heading: { zh: '部分', en: 'Part' }, width: 14 },
  { heading: { zh: '时间', en: 'When' }, width: 22 },
  { heading: { zh: '人员', en: 'Who' }, width: 18 },
  { heading: { zh: '事项', en: 'What' }, width: 30 },
  { heading: { zh: '内容', en: 'Text' }, width: 60 },
];
const PART = {
  case: { zh: '申请', en: 'Application' },
  dataset: { zh: '数据集', en: 'Dataset' },
  attachment: { zh: '附件', en: 'Attachment' },
  question: { zh: '询问', en: 'Question' },
  ruling: { zh: '办理结果', en: 'Ruling' },
  proceeding: { zh: '复议诉讼', en: 'Proceeding' },
  deadline: { zh: '期限', en: 'Deadline' },
  ledger: { zh: '日账', en: 'Day ledger' },
  history: { zh: '办理记录', en: 'History' },
} as const;
const SAYS = {
  applicant: { zh: '申请人', en: 'Applicant' },
  holder: { zh: '数据提供方', en: 'Holder' },
  state: { zh: '状态', en: 'State' },
  purpose: { zh: '用途', en: 'Purpose' },
  project: { zh: '项目', en: 'Project' },
  scenario: { zh: '应用场景', en: 'Scenario' },
  delivery: { zh: '提供方式', en: 'Delivery' },
  period: { zh: '使用期限', en: 'Period' },
  members: { zh: '成员', en: 'Members' },
  securityPlan: { zh: '安全保障方案', en: 'Security plan' },
  form: { zh: '用途表单', en: 'Form of the purpose' },
  evidence: { zh: '证明材料', en: 'Proof' },
  applicantKind: { zh: '申请主体类型条件', en: 'Condition on the kind of applicant' },
  met: { zh: '符合', en: 'met' },
  unmet: { zh: '不符合', en: 'not met' },
  wholeDataset: { zh: '整个数据集', en: 'the whole dataset' },
  asked: { zh: '申请', en: 'Asked for' },
  answer: { zh: '答复', en: 'Answer' },
  reason: { zh: '理由', en: 'Reason' },
  agreement: { zh: '数据利用协议', en: 'Data-use agreement' },
  counterSigned: { zh: '提供方会签', en: 'counter-signed by the holder' },
  counted: { zh: '计入', en: 'counted' },
  notCounted: { zh: '不计入', en: 'not counted' },
  due: { zh: '到期', en: 'due' },
  days: { zh: '个工作日', en: 'working days' },
  overdue: { zh: '已逾期', en: 'overdue' },
  automatically: { zh: '系统自动', en: 'automatically' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  private: { zh: '内部', en: 'private' },
  unverified: { zh: '期限依据尚未核对', en: 'its source has not been checked' },
} as const;

/** Writes the lines of one case in one language. */
class CaseLines {
  constructor(
    private readonly file: CaseFile['case'],
    private readonly language: Language,
  ) {}

  all(): Line[] {
    return [
      ...this.request(),
      ...this.datasets(),
      ...this.attachments(),
      ...this.questions(),
      ...this.ruling(),
      ...this.proceedings(),
      ...this.deadlines(),
      ...this.history(),
    ];
  }

  private says(key: keyof typeof SAYS): string {
    return textIn(SAYS[key], this.language);
  }

  private word(words: Readonly<Record<string, Text>>, code: unknown): string {
    return textIn(words[String(code)] ?? {}, this.language) || String(code);
  }

  private fact(key: keyof typeof SAYS, text: string | null | undefined): Line[] {
    return (text ?? '') === '' ? [] : [[PART.case, null, null, this.says(key), text ?? null]];
  }

  private request(): Line[] {
    const { purpose, period, evidence, memberNames, matchedConditions } = this.file;
    return [
      ...this.fact('applicant', this.file.applicant.name),
      ...this.fact('holder', this.file.holder.name),
      ...this.fact('state', this.word(STATE_WORDS, this.file.state)),
      ...this.fact('purpose', this.word(PURPOSE_WORDS, purpose.category)),
      ...this.fact('project', purpose.project),
      ...this.fact('scenario', purpose.scenario),
      ...this.fact('delivery', this.word(DELIVERY_WORDS, this.file.delivery)),
      ...this.fact('period', `${period.from} – ${period.to}`),
      ...this.fact('members', memberNames.map(({ name }) => name).join(', ')),
      ...this.fact('securityPlan', this.file.securityPlan),
      ...this.answers(),
      ...evidence.flatMap((one) =>
        this.fact('evidence', spoken([one.condition, one.reference, one.issuer, one.validUntil])),
      ),
      ...matchedConditions.flatMap(({ met, text }) =>
        this.fact('applicantKind', spoken([this.says(met ? 'met' : 'unmet'), text])),
      ),
    ];
  }

  /** Questions and answers in the order of the form, in words; what it does not ask for stands after them by its name. */
  private answers(): Line[] {
    const left = new Map(Object.entries(this.file.form?.answers ?? {}));
    const asked = (this.file.formAsked?.fields ?? []).flatMap((field): Line[] => {
      const answer = left.get(field.name);
      if (answer === undefined) return [];
      left.delete(field.name);
      return this.fact('form', `${textIn(field.title, this.language)}: ${this.answerTo(field, answer)}`);
    });
    return [...asked, ...[...left].flatMap(([name, answer]) => this.fact('form', `${name}: ${written(answer)}`))];
  }

  private answerTo({ options = [] }: FormField, answer: unknown): string {
    if (typeof answer === 'boolean') return this.says(answer ? 'yes' : 'no');
    const chosen = (value: unknown): string =>
      textIn(options.find((option) => option.value === value)?.title ?? {}, this.language) || written(value);
    return Array.isArray(answer) ? answer.map(chosen).join(', ') : chosen(answer);
  }

  private datasets(): Line[] {
    return this.file.datasets.flatMap(({ title, dataset, items, outcome }): Line[] => {
      const name = textIn(title, this.language) || dataset;
      const asked: Line = [PART.dataset, null, null, name, `${this.says('asked')}: ${this.itemsOf(items)}`];
      return outcome === undefined ? [asked] : [asked, [PART.dataset, null, null, name, this.outcomeOf(outcome)]];
    });
  }

  private itemsOf(items: readonly string[]): string {
    return items.length === 0 ? this.says('wholeDataset') : items.join(', ');
  }

  private outcomeOf({
    ruling,
    items,
    delivery,
    period,
    quota,
    reason,
  }: NonNullable<Case['datasets'][number]['outcome']>): string {
    const said = this.word(OUTCOME_WORDS, ruling);
    if (ruling === 'refused') return spoken([said, reason?.title ?? reason?.code, reason?.text, reason?.remedy]);
    const days = `${period.from} – ${period.to}`;
    return spoken([
      said,
      this.itemsOf(items),
      this.word(DELIVERY_WORDS, delivery),
      days,
      quota === null ? null : `≤ ${quota}`,
    ]);
  }

  private attachments(): Line[] {
    return this.file.attachmentFiles.map(({ name, sha256 }) => [
      PART.attachment,
      null,
      null,
      name,
      `SHA-256 ${sha256}`,
    ]);
  }

  private questions(): Line[] {
    return this.file.questions.flatMap(({ number, text, askedAt, answer }): Line[] => [
      [PART.question, askedAt, null, String(number), text],
      ...(answer === null
        ? []
        : [[PART.question, answer.at, null, `${number} ${this.says('answer')}`, answer.text] satisfies Line]),
    ]);
  }

  private ruling(): Line[] {
    const { reasons = [], agreement } = this.file as Case & { reasons?: readonly Reason[] };
    const signed = agreement?.accepted ?? null;
    return [
      ...reasons.map(
        ({ code, title, text, remedy }): Line => [
          PART.ruling,
          null,
          null,
          `${this.says('reason')}: ${title ?? code}`,
          spoken([text, remedy]),
        ],
      ),
      ...(agreement === null
        ? []
        : [
            [
              PART.ruling,
              signed?.at ?? null,
              null,
              `${this.says('agreement')} ${agreement.version}`,
              `SHA-256 ${agreement.hash}`,
            ] satisfies Line,
          ]),
      ...this.counterSignature(),
    ];
  }

  /** Who signed for the holder; the history names them. */
  private counterSignature(): Line[] {
    const signed = this.file.agreement?.accepted;
    if (signed?.counterSigned == null) return [];
    const { by } = this.file.history.findLast(({ event }) => event.endsWith('counter-signed')) ?? { by: null };
    const what = `${this.says('agreement')} ${signed.version}`;
    return [[PART.ruling, signed.counterSigned.at, by?.name ?? null, what, this.says('counterSigned')]];
  }

  /** When each was filed and with whom, and how it ended. */
  private proceedings(): Line[] {
    return this.file.proceedings.flatMap(({ kind, forum, filedOn, reference, ended }): Line[] => {
      const what = this.word(PROCEEDING_WORDS, kind);
      const filed: Line = [PART.proceeding, filedOn, null, what, spoken([forum, reference])];
      if (ended === null) return [filed];
      const said = spoken([this.word(PROCEEDING_OUTCOME_WORDS, ended.outcome), ended.text]);
      return [filed, [PART.proceeding, ended.on, null, `${what} ${reference}`, said]];
    });
  }

  private deadlines(): Line[] {
    return this.file.deadlines.flatMap((deadline): Line[] => {
      const kind = this.word(DEADLINE_WORDS, deadline.kind);
      const days = `${deadline.counted}/${deadline.limit} ${this.says('days')}, ${this.says('due')} ${deadline.due}`;
      const told = [days, deadline.overdue ? this.says('overdue') : null, deadline.source];
      return [
        [
          PART.deadline,
          deadline.start,
          null,
          kind,
          spoken([...told, deadline.verified ? null : this.says('unverified')]),
        ],
        ...deadline.ledger.map(({ day, counted, why }): Line => {
          const how = this.says(counted ? 'counted' : 'notCounted');
          return [PART.ledger, day, null, kind, `${how} (${this.word(LEDGER_WORDS, why)})`];
        }),
      ];
    });
  }

  private history(): Line[] {
    return this.file.history.map(({ event, at, by, data }) => {
      const what = this.word(EVENT_WORDS, event.replace('application.', ''));
      const mark = data['private'] === true ? ` (${this.says('private')})` : '';
      return [PART.history, at, by === null ? this.says('automatically') : by.name, what + mark, this.saidIn(data)];
    });
  }

  /** The words of an event; codes are read as words. */
  private saidIn(data: Readonly<Record<string, unknown>>): string {
    const recommended = data['recommendation'];
    const contested = String(data['kind']) in PROCEEDING_WORDS;
    const said = ['forum', 'reference', 'with', 'text', 'remark', 'reason'];
    const listed = [data['defects'], data['reasons']].flatMap((list) =>
      Array.isArray(list) ? (list as Reason[]) : [],
    );
    return spoken([
      recommended === undefined ? null : this.word(RECOMMENDATION_WORDS, recommended),
      contested ? this.word(PROCEEDING_WORDS, data['kind']) : null,
      contested && data['outcome'] !== undefined ? this.word(PROCEEDING_OUTCOME_WORDS, data['outcome']) : null,
      ...said.map((key) => (typeof data[key] === 'string' ? data[key] : null)),
      ...listed.map(({ text }) => text),
    ]);
  }
}

interface Reason {
  readonly code: string;
  readonly text: string;
  readonly title?: string;
  readonly remedy?: string;
}

const spoken = (parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => (part ?? '') !== '').join('; ');

const written = (answer: unknown): string => (typeof answer === 'string' ? answer : JSON.stringify(answer));

async function* rowsOf(lines: readonly Line[], language: Language): AsyncGenerator<readonly SheetCell[]> {
  for (const [part, ...rest] of lines) yield [textIn(part, language), ...rest];
}

const titleOf = (kind: Case['kind'], number: string): Text =>
  kind === 'sharing'
    ? { zh: `公共数据共享申请 ${number}`, en: `Request for shared data ${number}` }
    : { zh: `公共数据开放申请 ${number}`, en: `Application for public data ${number}` };

/** The case as a sheet: for paper, and for tables. */
export function caseSheet(file: CaseFile, language: Language): Sheet {
  const lines = new CaseLines(file.case, language).all();
  const number = file.case.number ?? file.case.id;
  return {
    title: titleOf(file.case.kind, number),
    notes: [
      { zh: `截至 ${file.asOf}`, en: `As of ${file.asOf}` },
      { zh: `内容校验 SHA-256 ${file.hash}`, en: `Content SHA-256 ${file.hash}` },
    ],
    columns: COLUMNS,
    rows: rowsOf(lines, language),
  };
}

/** The same as a table, whose first line names the hash. */
export function caseTable(file: CaseFile, language: Language): Pick<Sheet, 'columns' | 'rows'> {
  const head: Line = [PART.case, file.asOf, null, file.case.number ?? file.case.id, `SHA-256 ${file.hash}`];
  return { columns: COLUMNS, rows: rowsOf([head, ...new CaseLines(file.case, language).all()], language) };
}
