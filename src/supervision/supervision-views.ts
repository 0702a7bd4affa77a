import type { GrantFilter, Grants } from '../grants/index.js';
import { etagOf } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import { dayOf, isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { ComplaintFilter, ComplaintStore } from './complaint-store.js';
import type { DemandFilter, DemandStore } from './demand-store.js';
import { allowedCommands, type Facts, openSteps } from './domain/decide.js';
import { rangeFor } from './domain/ladder.js';
import { isLiftable, type Sanction } from './domain/sanction.js';
import type { Violation } from './domain/violation.js';
import { sightOf } from './sight.js';
import type { SupervisionSurroundings } from './supervision-ports.js';
import type { SanctionStore, StoredSanction, StoredViolation, ViolationStore } from './supervision-stores.js';

type Names = ReadonlyMap<Id, Text>;
const MEASURES = 100;

export interface ViewDeps {
  readonly store: ViolationStore;
  readonly sanctions: SanctionStore;
  readonly surroundings: SupervisionSurroundings;
  readonly grants: Pick<Grants, 'store'>;
  readonly demands: DemandStore;
  readonly complaints: ComplaintStore;
}

/** Who decided is told to those who oversee. */
const overseer = (principal: Principal): boolean => sightOf(principal)?.everything === true;

export async function violationLines({ surroundings }: ViewDeps, reader: Reader, listed: readonly StoredViolation[]) {
  const all = listed.map(({ violation }) => violation);
  const names = await surroundings.names(
    reader,
    distinct(all.map(({ dataset }) => dataset)),
    distinct(all.map(({ organisation }) => organisation)),
  );
  return listed.map((one) => summaryOf(one, names));
}

function summaryOf({ violation, version }: StoredViolation, names: Names) {
  const { id, kind, state, organisation, grant, dataset, holder, hearingUntil, cureBy, reportedAt } = violation;
  return {
    id,
    kind,
    state,
    organisation,
    organisationName: names.get(organisation) ?? null,
    grant,
    dataset,
    datasetTitle: names.get(dataset ?? '') ?? null,
    holder,
    reportedAt: isoOf(reportedAt),
    hearingUntil,
    cureBy,
    etag: etagOf(version),
  };
}

/** A violation as one caller sees it, with the measures that followed. */
export async function violationView(
  deps: ViewDeps,
  reader: Reader,
  principal: Principal,
  stored: StoredViolation,
  facts: Facts,
) {
  const { violation } = stored;
  const [line] = await violationLines(deps, reader, [stored]);
  const everything = { everything: true } as const;
  const { items } = await deps.sanctions.list(reader, everything, { violation: violation.id }, MEASURES, null);
  const [lowest, highest] = rangeFor(facts.ladder, violation.kind, facts.earlier);
  return {
    ...line,
    description: violation.description,
    evidence: violation.evidence,
    reportedBy: overseer(principal) ? violation.reportedBy : null,
    replies: violation.replies.map(({ at, text }) => ({ at: isoOf(at), text })),
    rulings: violation.rulings.map((ruling) => rulingOf(ruling, principal)),
    sanctions: await sanctionLines(deps, reader, principal, items),
    ladder: { lowest, highest, earlier: facts.earlier, steps: openSteps(violation, facts) },
    allowedCommands: allowedCommands(violation, facts),
  };
}

const rulingOf = ({ step, reason, at, by, sanction }: Violation['rulings'][number], principal: Principal) => ({
  step,
  reason,
  at: isoOf(at),
  by: overseer(principal) ? by : null,
  byTime: by === null,
  sanction,
});

export async function sanctionLines(
  { surroundings }: Pick<ViewDeps, 'surroundings'>,
  reader: Reader,
  principal: Principal,
  listed: readonly StoredSanction[],
) {
  const names = await surroundings.names(reader, [], distinct(listed.map(({ sanction }) => sanction.organisation)));
  return listed.map(({ sanction, version }) => ({
    id: sanction.id,
    violation: sanction.violation,
    organisation: sanction.organisation,
    organisationName: names.get(sanction.organisation) ?? null,
    grant: sanction.grant,
    datasets: sanction.datasets,
    step: sanction.step,
    state: sanction.state,
    reason: sanction.reason,
    imposedAt: isoOf(sanction.imposedAt),
    until: sanction.until === null ? null : isoOf(sanction.until),
    limit: sanction.limit,
    interim: sanction.interim,
    byTime: sanction.by === null,
    end: sanction.end && {
      cause: sanction.end.cause,
      reason: sanction.end.reason,
      at: isoOf(sanction.end.at),
      by: overseer(principal) ? sanction.end.by : null,
    },
    allowedCommands: mayLift(sanction, principal) ? ['lift'] : [],
    etag: etagOf(version),
  }));
}

/** Supervisors and approvers lift what somebody else imposed. */
const mayLift = (sanction: Sanction, { id, roles, organisation }: Principal): boolean =>
  roles.some((role) => role === 'supervisor' || role === 'approver') &&
  organisation?.id !== sanction.organisation &&
  sanction.by !== id &&
  isLiftable(sanction);

/** The numbers of the desk, each the total of a list. */
export async function deskOf({ store, sanctions, grants, demands, complaints }: ViewDeps, reader: Reader) {
  const asked = async (filter: DemandFilter) =>
    (await demands.list(reader, { everything: true }, filter, 1, null)).total;
  const complained = async (filter: ComplaintFilter) =>
    (await complaints.list(reader, { everything: true }, filter, 1, null)).total;
  const granted = async (filter: GrantFilter) =>
    (await grants.store.list(reader, { everything: true }, filter, 1, null)).total;
  const today = dayOf(reader.now);
  const { reported = 0, heard = 0, warned = 0 } = await store.counts(reader);
  const { warning = 0, limit = 0, suspend = 0, restrict = 0 } = await sanctions.counts(reader);
  return {
    violations: { reported, heard, warned },
    sanctions: { warning, limit, suspend, restrict },
    demands: { waiting: await asked({ state: 'waiting' }), overdue: await asked({ overdueOn: today }) },
    complaints: {
      quality: await complained({ about: 'quality', running: true }),
      rights: await complained({ about: 'rights', running: true }),
      overdue: await complained({ overdueOn: today }),
    },
    grants: {
      suspended: await granted({ state: 'suspended' }),
      limited: await granted({ state: 'limited' }),
      overdue: await granted({ overdueOn: today }),
    },
  };
}

const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))];
