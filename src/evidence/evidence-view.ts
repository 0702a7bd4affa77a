import type { ConditionKind } from '../catalogue/index.js';
import { etagOf } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import { isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { EVIDENCE_COMMANDS, isPossible } from './domain/decide.js';
import { type Evidence, isNearEnd, type Standing } from './domain/evidence.js';
import type { EvidenceFiles, EvidenceGrants, EvidenceOrganisations } from './evidence-ports.js';
import type { EvidenceService } from './evidence-service.js';
import { mayGive } from './evidence-sight.js';
import type { EvidenceStore, StoredEvidence } from './evidence-store.js';

export interface EvidenceViews {
  readonly store: EvidenceStore;
  readonly service: EvidenceService;
  readonly kinds: ReadonlyMap<string, ConditionKind>;
  readonly files: EvidenceFiles;
  readonly organisations: EvidenceOrganisations;
  readonly grants: EvidenceGrants;
}

/** What a list shows of it. `renewNow`: it stands, ends soon, and nothing verified follows it. */
function summaryOf(
  { kinds }: EvidenceViews,
  { evidence, version }: StoredEvidence,
  names: ReadonlyMap<Id, Text>,
  standings: ReadonlyMap<string, Standing>,
  now: number,
) {
  const { judged, ended, countsSince, filedAt, ...rest } = evidence;
  const standing = standings.get(evidence.kind);
  return {
    ...rest,
    kindLabel: kinds.get(evidence.kind)?.label ?? null,
    organisationName: names.get(evidence.organisation) ?? null,
    filedAt: isoOf(filedAt),
    counts: evidence.state === 'verified' && countsSince !== null,
    renewNow: standing?.evidence === evidence.id && isNearEnd(standing, now),
    judged: judged && { at: isoOf(judged.at), reason: judged.reason },
    ended: ended && { at: isoOf(ended.at), reason: ended.reason },
    etag: etagOf(version),
  };
}

/** Only what ends can ask to be renewed: nothing is read for the rest. */
const standingsFor = async ({ service }: EvidenceViews, reader: Reader, listed: readonly StoredEvidence[]) => {
  const found = new Map<Id, ReadonlyMap<string, Standing>>();
  const ending = listed.filter(({ evidence }) => evidence.state === 'verified' && evidence.validUntil !== null);
  for (const { evidence } of ending)
    if (!found.has(evidence.organisation))
      found.set(evidence.organisation, await service.standings(reader, evidence.organisation));
  return found;
};

/** Lines of a list, names read at once. */
export async function linesOf(views: EvidenceViews, reader: Reader, listed: readonly StoredEvidence[]) {
  const ids = [...new Set(listed.map(({ evidence }) => evidence.organisation))];
  const names = await views.organisations.names(reader, ids);
  const standings = await standingsFor(views, reader, listed);
  return listed.map((one) =>
    summaryOf(views, one, names, standings.get(one.evidence.organisation) ?? new Map(), reader.now),
  );
}

async function allowed(views: EvidenceViews, reader: Reader, principal: Principal, evidence: Evidence) {
  const found: string[] = [];
  for (const name of EVIDENCE_COMMANDS) {
    if (!mayGive(principal, name) || !isPossible(evidence, name, reader.now)) continue;
    if ((await views.service.standsAgainst(reader, principal, evidence, name)) === null) found.push(name);
  }
  return found;
}

/** One piece of evidence with its document, what rests on it, and what the caller could do. */
export async function viewOf(views: EvidenceViews, reader: Reader, principal: Principal, stored: StoredEvidence) {
  const { evidence } = stored;
  const [line] = await linesOf(views, reader, [stored]);
  const file = evidence.attachment === null ? null : await views.files.find(reader, evidence.attachment);
  return {
    ...line,
    file: file && { id: file.id, name: file.name, href: `/api/evidence/${evidence.id}/content` },
    grants: await views.grants.resting(reader, evidence.organisation, evidence.id),
    allowedCommands: await allowed(views, reader, principal, evidence),
  };
}
