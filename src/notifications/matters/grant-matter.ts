import type { Grant } from '../../grants/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import { type Day, dayOf } from '../../kernel/time.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { CIRCLES } from '../domain/told-events.js';
import type { Values } from '../domain/wording.js';
import type { Around } from './around.js';
import { type Matter, present } from './matter.js';

const USERS: readonly Role[] = ['handler', 'citizen', 'signatory'];

interface Said {
  readonly cause?: string;
  readonly until?: number | null;
  readonly duty?: string;
  readonly by?: Day;
}

export async function grantMatter(around: Around, { event, subject, data }: RecordedEntry): Promise<Matter | null> {
  const grant = await around.ports.grant(around.reader, subject.id);
  // What never came into force ends with the application, which is told.
  if (grant === null || (event === 'grant.revoked' && grant.agreement === null)) return null;
  const { cause, until, duty, by } = data as Said;
  return matterOfGrant(
    around,
    grant,
    present({
      until: typeof until === 'number' ? dayOf(until - 1) : null,
      cause: cause === undefined ? null : { family: 'cause', code: cause },
      duty: duty === undefined ? null : { family: 'duty', code: duty },
      by: by ?? null,
    }),
  );
}

/** The same for a day that is near. */
export async function matterOfGrant(around: Around, grant: Grant, said: Values): Promise<Matter> {
  const { dataset, number } = grant.approval;
  return {
    about: { kind: 'grant', id: grant.id },
    values: { dataset: await around.title(dataset), ...present({ number }), ...said },
    people: (circle) => peopleOf(around, grant, circle as (typeof CIRCLES)['grant'][number]),
  };
}

async function peopleOf(
  around: Around,
  { approval: { organisation, holder, members } }: Grant,
  circle: (typeof CIRCLES)['grant'][number],
): Promise<readonly Id[]> {
  const users = async () => [
    ...(await around.inRoles(USERS, organisation)),
    ...(await around.staffAmong(members, organisation)),
  ];
  switch (circle) {
    case 'users':
      return users();
    case 'signatories':
      return around.inRoles(['signatory'], organisation);
    case 'reviewers':
      return around.inRole('reviewer', holder);
    case 'supervisors':
      return around.inRole('supervisor');
    case 'everyone':
      return [...(await users()), ...(await around.inRole('reviewer', holder))];
    default:
      return circle satisfies never;
  }
}
