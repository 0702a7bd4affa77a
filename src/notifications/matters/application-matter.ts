import type { Application, Concerned } from '../../applications/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { CIRCLES } from '../domain/told-events.js';
import type { Values } from '../domain/wording.js';
import type { Around } from './around.js';
import { type Matter, present, titleOf } from './matter.js';

const HANDLERS: readonly Role[] = ['handler', 'citizen'];
const SIGNATORIES: readonly Role[] = ['signatory', 'citizen'];

/** A case that was submitted; nobody is told of drafts. */
export async function applicationMatter(around: Around, entry: RecordedEntry): Promise<Matter | null> {
  const concerned = await around.concerned(entry.subject.id);
  return concerned === null ? null : matterOfCase(around, concerned, await saidBy(entry, concerned.application));
}

/** The same for a due day that is near. */
export async function matterOfCase(around: Around, concerned: Concerned, said: CaseSays): Promise<Matter | null> {
  const { application } = concerned;
  const [first] = application.request.datasets;
  if (application.number === null || application.submittedAt === null || first === undefined) return null;
  return {
    about: { kind: 'application', id: application.id },
    values: {
      number: application.number,
      dataset: titleOf(await around.title(first.dataset), application.request.datasets.length - 1),
      holder: await around.organisation(application.holder),
      ...said.values,
    },
    people: (circle) => peopleOf(around, concerned, said.subject, circle as Circle),
  };
}

export interface CaseSays {
  readonly values: Values;
  /** The person an event is about. */
  readonly subject: Id | null;
}

/** The next day that matters, and what single events say. */
async function saidBy({ event, data }: RecordedEntry, application: Application): Promise<CaseSays> {
  const { kind, due, to, subject, outcome } = data as Readonly<Record<string, unknown>>;
  const open = application.deadlines.filter(({ ended }) => ended === null);
  const pause = open.flatMap(({ pauses }) => pauses.filter((one) => one.to === null))[0];
  const running = open.filter(({ pauses }) => pauses.every((one) => one.to !== null)).map((one) => one.due);
  const values = present({
    due: running.sort()[0],
    until: pause?.until,
    ...(event.startsWith('application.proceeding-')
      ? { proceeding: coded('proceeding', kind), result: coded('result', outcome) }
      : { kind: coded('deadline', kind) }),
    day: typeof due === 'string' ? due : null,
    tier: coded('tier', to),
  });
  return { values, subject: typeof subject === 'string' ? subject : null };
}

const coded = (family: string, code: unknown) => (typeof code === 'string' ? { family, code } : null);

type Circle = (typeof CIRCLES)['application'][number];

async function peopleOf(
  around: Around,
  concerned: Concerned,
  subject: Id | null,
  circle: Circle,
): Promise<readonly Id[]> {
  const { application, desk, officers } = concerned;
  const { applicant, assignee, request } = application;
  switch (circle) {
    case 'handlers':
      return around.inRoles(HANDLERS, applicant);
    case 'signatories':
      return around.inRoles(SIGNATORIES, applicant);
    case 'applicants':
      return around.inRoles([...HANDLERS, ...SIGNATORIES], applicant);
    case 'members':
      return around.staffAmong(request.members, applicant);
    case 'member':
      return around.staffAmong(subject === null ? [] : [subject], applicant);
    case 'desk':
      return desk;
    case 'officers':
      return officers;
    case 'assignee':
      return desk.filter((person) => person === assignee);
    case 'reviewers':
      return around.inRole('reviewer', application.holder);
    case 'supervisors':
      return around.inRole('supervisor');
    case 'everyone': {
      const applicants = await around.inRoles([...HANDLERS, ...SIGNATORIES], applicant);
      return [...applicants, ...(await around.staffAmong(request.members, applicant)), ...officers];
    }
    default:
      return circle satisfies never;
  }
}
