import type { Id } from '../../kernel/ids.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Sanction, Violation } from '../../supervision/index.js';
import type { FactRow } from '../domain/notice.js';
import { type Around, dayText, lastDay, numbered, present } from './around.js';
import type { NoticeMatter } from './notice-matter.js';

/** What is held against an organisation, and what is decided about it. */
export async function violationMatter(around: Around, { subject, data }: RecordedEntry): Promise<NoticeMatter | null> {
  const violation = await around.ports.violation(around.reader, subject.id);
  if (violation === null) return null;
  const { reason } = data as { readonly reason?: string };
  return matterOf(around, violation, { hearing: dayText(violation.hearingUntil), ...present({ reason }) });
}

/** A measure is read on the page of its violation. */
export async function sanctionMatter(around: Around, { subject, data }: RecordedEntry): Promise<NoticeMatter | null> {
  const sanction = await around.ports.sanction(around.reader, subject.id);
  const violation = sanction && (await around.ports.violation(around.reader, sanction.violation));
  if (sanction === null || violation === null) return null;
  const { cause } = data as { readonly cause?: string };
  const { step, until, limit, grant, datasets } = sanction;
  const values = present({
    step: around.word('step', step),
    reason: reasonOf(sanction),
    until: lastDay(until),
    cure: step === 'warning' && violation.cureBy !== null ? dayText(violation.cureBy) : null,
    quota: limit?.quota == null ? null : String(limit.quota),
    cut: limit?.delivery == null ? null : around.word('delivery', limit.delivery),
    ended: cause === undefined ? null : around.word('ended', cause),
  });
  return { ...(await matterOf(around, violation, values, datasets)), grant: grant ?? violation.grant };
}

const reasonOf = ({ reason, end }: Sanction): string => end?.reason ?? reason;

async function matterOf(
  around: Around,
  { id, kind, organisation, dataset, holder, grant }: Violation,
  values: FactRow,
  concerned: readonly Id[] = [],
): Promise<NoticeMatter> {
  const titles = await Promise.all(concerned.map((one) => around.title(one)));
  return {
    about: { kind: 'violation', id },
    grant,
    addressee: organisation,
    holder,
    facts: {
      values: {
        violation: around.ports.violationKind(kind),
        reference: id,
        ...present({ dataset: dataset === null ? null : await around.title(dataset) }),
        ...values,
      },
      lists: { concerned: numbered(titles.map((title) => ({ title }))) },
    },
  };
}
