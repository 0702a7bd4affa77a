import type { Application, ApplicationEvent, DataOf, Deadline, Outcome } from '../../applications/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import { dayOf } from '../../kernel/time.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { FactRow } from '../domain/notice.js';
import { type Around, dayText, joined, numbered, present, wayFacts } from './around.js';
import type { NoticeMatter } from './notice-matter.js';

type EventName = ApplicationEvent['event'];
interface Said {
  readonly values?: FactRow;
  readonly lists?: Readonly<Record<string, readonly FactRow[]>>;
}
type Say<Name extends EventName> = (around: Around, data: DataOf<Name>, application: Application) => Promise<Said>;

/** An act on a case that was submitted; drafts are nobody's business. */
export async function caseMatter(
  around: Around,
  { event, subject, data }: RecordedEntry,
): Promise<NoticeMatter | null> {
  const application = await around.ports.application(around.reader, subject.id);
  if (application === null || application.number === null || application.submittedAt === null) return null;
  const { id, applicant, holder, request, number, submittedAt } = application;
  const say = SAYS[event as EventName] as Say<EventName> | undefined;
  const { values = {}, lists = {} } = say === undefined ? {} : await say(around, data as never, application);
  const titles = await titlesOf(
    around,
    request.datasets.map(({ dataset }) => dataset),
  );
  return {
    about: { kind: 'application', id },
    grant: null,
    addressee: applicant,
    holder,
    facts: {
      values: {
        ...wayFacts(around, application),
        case: number,
        received: dayText(dayOf(submittedAt)),
        purpose: around.word('purpose', request.purpose.category),
        holder: await around.organisation(holder),
        datasets: joined(titles) ?? {},
        ...values,
      },
      lists: {
        asked: numbered(request.datasets.map(({ items }, at) => ({ title: titles[at] ?? {}, items: itemsOf(items) }))),
        ...lists,
      },
    },
  };
}

const titlesOf = (around: Around, datasets: readonly Id[]): Promise<readonly Text[]> =>
  Promise.all(datasets.map((dataset) => around.title(dataset)));

const itemsOf = (items: readonly string[]): string => items.join('、');

const openOf = ({ deadlines }: Application, kind: Deadline['kind']): Deadline | undefined =>
  deadlines.filter((one) => one.kind === kind && one.ended === null).at(-1);

/** The day a step is due by, the working days it has, and what they rest on. */
function dueOf(around: Around, application: Application, kind: Deadline['kind']): FactRow {
  const deadline = openOf(application, kind);
  if (deadline === undefined) return {};
  const { due, limit, source, verified, provisional } = deadline;
  return present({
    due: dayText(due),
    days: String(limit),
    basis: verified ? source : marked(source, around.word('mark', 'unverified')),
    provisional: provisional ? around.word('mark', 'provisional') : null,
  });
}

const marked = (text: Text, mark: Text): Text => ({
  zh: `${text.zh ?? text.en ?? ''}${mark.zh ?? ''}`,
  en: `${text.en ?? text.zh ?? ''}${mark.en ?? ''}`,
});

const decisionDue = async (around: Around, _data: unknown, application: Application): Promise<Said> => ({
  values: dueOf(around, application, 'decision'),
});

const reasoned = async (
  around: Around,
  { reason }: { readonly reason: string },
  application: Application,
): Promise<Said> => ({ values: { reason, ...dueOf(around, application, 'decision') } });

async function rulingSaid(
  around: Around,
  { datasets, outcomes, reason }: DataOf<'application.approved'>,
): Promise<Said> {
  const denied = await Promise.all(
    outcomes
      .filter(({ ruling }) => ruling === 'refused')
      .map(async ({ dataset, reason: why }) => ({
        title: await around.title(dataset),
        ...(why === undefined
          ? {}
          : { why: around.ports.refusalReason(why.code)?.text ?? why.code, said: unended(why.text) }),
      })),
  );
  const rows = await Promise.all(
    datasets.map(async (outcome) => ({
      ...(await grantedRow(around, outcome)),
      conditions: joined(outcome.terms.map(({ text }) => text)),
    })),
  );
  return {
    values: present({ reason }),
    lists: {
      granted: numbered(rows),
      denied: numbered(denied),
    },
  };
}

const grantedRow = async (
  around: Around,
  { dataset, items, delivery, period, quota }: Pick<Outcome, 'dataset' | 'items' | 'delivery' | 'period' | 'quota'>,
) => ({
  title: await around.title(dataset),
  items: itemsOf(items),
  delivery: around.word('delivery', delivery),
  from: dayText(period.from),
  to: dayText(period.to),
  quota: quota === null ? null : String(quota),
});

/** What somebody wrote, without the stop at its end: the sentence goes on. */
const unended = (text: string): string => text.replace(/[\s.;。；]+$/u, '');

async function refusalSaid(around: Around, { reasons }: DataOf<'application.refused'>): Promise<Said> {
  const rows = reasons.map(({ code, text }) => {
    const words = around.ports.refusalReason(code);
    const article = words?.article ?? null;
    return {
      title: words?.text ?? code,
      text: unended(text),
      remedy: words?.remedy ?? null,
      article:
        article === null || article.verified ? article?.text : marked(article.text, around.word('mark', 'unverified')),
    };
  });
  return { lists: { reasons: numbered(rows) } };
}

async function conclusionSaid(around: Around, _data: unknown, { id, accepted }: Application): Promise<Said> {
  const grants = await around.ports.grantsOf(around.reader, id);
  const live = grants.filter(({ agreement, ending }) => agreement !== null && ending === null);
  const rows = await Promise.all(
    live.map(async (grant) => ({ ...(await grantedRow(around, grant.approval)), grant: grant.id })),
  );
  return {
    values: { agreement: accepted === null ? '—' : `${accepted.version} (SHA-256 ${accepted.hash})` },
    lists: { granted: numbered(rows) },
  };
}

const SAYS: { readonly [Name in EventName]?: Say<Name> } = {
  'application.submitted': decisionDue,
  'application.accepted': decisionDue,
  'application.correction-requested': async (around, { defects }, application) => ({
    values: dueOf(around, application, 'correction'),
    lists: { defects: numbered(defects.map(({ pointer, text }) => ({ text, place: pointer }))) },
  }),
  'application.extended': reasoned,
  'application.approved': rulingSaid,
  'application.partly-approved': rulingSaid,
  'application.refused': refusalSaid,
  'application.appeal-decided': reasoned,
  'application.withdrawn': async (_around, { reason }) => ({ values: present({ reason }) }),
  'application.closed': reasoned,
  'application.concluded': conclusionSaid,
};
