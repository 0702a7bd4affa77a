import { type Grant, stateOf } from '../../grants/index.js';
import type { Instant } from '../../kernel/time.js';
import type { RecordedEntry } from '../../persistence/index.js';
import { type Around, dayText, lastDay, present, wayFacts } from './around.js';
import type { NoticeMatter } from './notice-matter.js';

interface GrantSays {
  readonly cause?: string;
  readonly reason?: string;
  readonly until?: Instant | null;
  readonly quota?: number | null;
  readonly delivery?: string | null;
}

/** An act on one grant that was in use; what never came into force ends with its application. */
export async function grantMatter(around: Around, { subject, data }: RecordedEntry): Promise<NoticeMatter | null> {
  const grant = await around.ports.grant(around.reader, subject.id);
  if (grant === null || grant.agreement === null) return null;
  const { approval } = grant;
  return {
    about: { kind: 'grant', id: grant.id },
    grant: grant.id,
    addressee: approval.organisation,
    holder: approval.holder,
    facts: {
      values: {
        ...wayFacts(around, approval),
        ...present({ case: approval.number }),
        grant: grant.id,
        dataset: await around.title(approval.dataset),
        holder: await around.organisation(approval.holder),
        delivery: around.word('delivery', approval.delivery),
        from: dayText(approval.period.from),
        to: dayText(approval.period.to),
        ...said(around, data as GrantSays, grant),
      },
      lists: {},
    },
  };
}

/** A reason of ours (not of a supervisor) is said by the word of its cause. */
function said(around: Around, { cause, reason, until, quota, delivery }: GrantSays, grant: Grant) {
  const own = cause === undefined || cause === 'supervision' || cause === 'limit';
  return present({
    cause: cause === undefined ? null : around.word('cause', cause),
    reason: own ? reason : null,
    until: lastDay(until),
    quota: quota == null ? null : String(quota),
    cut: delivery == null ? null : around.word('delivery', delivery),
    still: stateOf(grant) === 'active' ? null : around.word('state', stateOf(grant)),
  });
}
