import type { GrantEvent, Grants } from '../grants/index.js';
import type { Id } from '../kernel/ids.js';
import { dayOf } from '../kernel/time.js';
import { toldOfEach } from '../log/index.js';
import type { Reader } from '../persistence/index.js';
import type { Supervision, Violation } from '../supervision/index.js';
import type { Later } from './similar-case-ports.js';

/** What a grant may tell of how it fared. */
const EVENTS: readonly GrantEvent['event'][] = ['grant.suspended', 'grant.limited', 'grant.revoked'];

/** What the events of a grant tell of how it fared; what it reported and renewed is no matter of a ruling. */
export function laterOfGrant(events: readonly GrantEvent[]): Later[] {
  return events.flatMap((one): Later[] => {
    const on = dayOf(one.at);
    if (one.event === 'grant.suspended') return [{ what: 'grant-suspended', on, cause: one.data.cause }];
    if (one.event === 'grant.limited') return [{ what: 'grant-limited', on, cause: null }];
    return one.event === 'grant.revoked' ? [{ what: 'grant-revoked', on, cause: null }] : [];
  });
}

/** What came of the grants of cases: suspended, limited, revoked, and what their user was found to have done. */
export const laterOf =
  ({
    grants,
    supervision,
  }: {
    readonly grants: Pick<Grants, 'store'>;
    readonly supervision: Pick<Supervision, 'store'>;
  }) =>
  async (reader: Reader, applications: readonly Id[]): Promise<ReadonlyMap<Id, readonly Later[]>> => {
    const given = (await grants.store.ofApplications(reader, applications)).map(({ grant }) => grant);
    const ids = given.map(({ id }) => id);
    const told = await toldOfEach(reader, 'grant', ids, EVENTS);
    const violations = await supervision.store.upheldUnder(reader, ids);
    const later = new Map<Id, Later[]>(applications.map((id) => [id, []]));
    for (const { id, approval } of given)
      later
        .get(approval.application)
        ?.push(
          ...laterOfGrant((told.get(id) ?? []) as unknown as GrantEvent[]),
          ...violations.filter(({ grant }) => grant === id).map(laterOfViolation),
        );
    return later;
  };

const laterOfViolation = ({ reportedAt, kind }: Violation): Later => ({
  what: 'violation',
  on: dayOf(reportedAt),
  cause: kind,
});
