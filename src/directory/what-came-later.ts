import type { GrantEvent, Grants } from '../grants/index.js';
import type { Id } from '../kernel/ids.js';
import { dayOf } from '../kernel/time.js';
import { toldOf } from '../log/index.js';
import type { Reader } from '../persistence/index.js';
import type { Supervision } from '../supervision/index.js';
import type { Later } from './similar-case-ports.js';

/** Events and violations of one grant that are looked at. */
const EVENTS = 500;
const VIOLATIONS = 20;
/** States in which a violation was found to be one. */
const UPHELD: readonly string[] = ['warned', 'cured', 'sanctioned'];

/** What the events of a grant tell of how it fared; what it reported and renewed is no matter of a ruling. */
export function laterOfGrant(events: readonly GrantEvent[]): Later[] {
  return events.flatMap((one): Later[] => {
    const on = dayOf(one.at);
    if (one.event === 'grant.suspended') return [{ what: 'grant-suspended', on, cause: one.data.cause }];
    if (one.event === 'grant.limited') return [{ what: 'grant-limited', on, cause: null }];
    return one.event === 'grant.revoked' ? [{ what: 'grant-revoked', on, cause: null }] : [];
  });
}

/** What came of the grants of a case: suspended, limited, revoked, and what their user was found to have done. */
export const laterOf =
  ({
    grants,
    supervision,
  }: {
    readonly grants: Pick<Grants, 'store'>;
    readonly supervision: Pick<Supervision, 'store'>;
  }) =>
  async (reader: Reader, application: Id): Promise<readonly Later[]> => {
    const later: Later[] = [];
    for (const { grant } of await grants.store.ofApplication(reader, application)) {
      const subject = { kind: 'grant', id: grant.id };
      later.push(
        ...laterOfGrant((await toldOf(reader, subject, { after: 0, limit: EVENTS })) as unknown as GrantEvent[]),
      );
      const held = await supervision.store.list(reader, { everything: true }, { grant: grant.id }, VIOLATIONS, null);
      for (const { violation } of held.items.filter((one) => UPHELD.includes(one.violation.state)))
        later.push({ what: 'violation', on: dayOf(violation.reportedAt), cause: violation.kind });
    }
    return later;
  };
