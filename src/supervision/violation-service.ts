import { staleEtag } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal, standsForBearer } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Grants } from '../grants/index.js';
import type { Reader, Transaction } from '../persistence/index.js';
import { decide, type Facts, type Measure, type ViolationCommand } from './domain/decide.js';
import { countedSince, type Ladder, type ViolationKind } from './domain/ladder.js';
import { sanctionEvent, type SanctionTerms } from './domain/sanction.js';
import {
  type Accusation,
  evolve,
  type Exhibit,
  type Violation,
  type ViolationEvent,
  violationEvent,
} from './domain/violation.js';
import type { Measures } from './measures.js';
import { sees, sightOf } from './sight.js';
import type { SupervisionSurroundings, WorkingDays } from './supervision-ports.js';
import type { StoredViolation, ViolationStore } from './supervision-stores.js';

/** A violation as somebody reports it: about one grant, or about all an organisation does. */
export interface Report {
  readonly grant: Id | null;
  readonly organisation: Id | null;
  readonly kind: ViolationKind;
  readonly description: string;
  readonly evidence: readonly Exhibit[];
}

export interface SupervisionDeps {
  readonly ladder: Ladder;
  readonly calendar: WorkingDays;
  readonly store: ViolationStore;
  readonly measures: Measures;
  readonly grants: Pick<Grants, 'store'>;
  readonly surroundings: SupervisionSurroundings;
}

/** Load → decide → write → tell the log: the organisation is locked before all that is held against it. */
export class ViolationService {
  constructor(private readonly deps: SupervisionDeps) {}

  async report(tx: Transaction, principal: Principal, report: Report): Promise<Result<StoredViolation>> {
    const target = await this.targetOf(tx, principal, report);
    if (!target.ok) return target;
    await tx.lock('organisation', [target.value.organisation]);
    const { ladder, calendar, store, measures } = this.deps;
    const { kind, description, evidence } = report;
    const id = measures.nextId();
    const event = violationEvent('violation.reported', tx.now, {
      kind,
      description,
      evidence,
      ...target.value,
      reportedBy: { person: principal.id, organisation: principal.organisation?.id ?? null },
      hearingUntil: calendar.after(dayOf(tx.now), ladder.hearing),
    });
    const violation = evolve(id, null, event);
    await store.insert(tx, violation);
    tell(tx, violation, event, actorOf(principal));
    if (ladder.kinds[kind].atOnce && (await measures.isAnyUnder(tx, violation)))
      await this.suspendAtOnce(tx, violation, principal);
    return ok({ violation, version: 1 });
  }

  async command(
    tx: Transaction,
    principal: Principal,
    id: Id,
    ifMatch: number | null,
    command: ViolationCommand,
  ): Promise<Result<StoredViolation>> {
    const before = await this.deps.store.find(tx, id);
    if (before === null || !sees(sightOf(principal), before.violation)) return err(refusal('not-found'));
    await tx.lock('organisation', [before.violation.organisation]);
    await tx.lock('violation', [id]);
    const stored = await this.deps.store.find(tx, id);
    if (stored === null) return err(refusal('not-found'));
    if (ifMatch !== null && ifMatch !== stored.version) return err(staleEtag(stored.version));
    const decided = decide(stored.violation, command, await this.factsOf(tx, principal, stored.violation));
    if (!decided.ok) return decided;
    const impeded = await this.impediment(tx, command);
    if (impeded !== null) return err(impeded);
    return this.write(tx, stored, decided.value, command, principal);
  }

  /** What a decision about this violation rests on, for this caller. */
  async factsOf(reader: Reader, principal: Principal, violation: Violation): Promise<Facts> {
    const { ladder, store, surroundings, measures } = this.deps;
    const concerned = await surroundings.organisation(reader, violation.organisation);
    const since = countedSince(ladder, reader.now);
    return {
      now: reader.now,
      caller: { person: principal.id, organisation: principal.organisation?.id ?? null, roles: principal.roles },
      concerned: [violation.organisation, ...(concerned?.parent == null ? [] : [concerned.parent])],
      ladder,
      isOwn: concerned !== null && standsForBearer(concerned, principal.name),
      earlier: await store.upheld(reader, violation.organisation, violation.kind, since, violation.id),
      reaches: await measures.isAnyUnder(reader, violation),
    };
  }

  /** Whom and what a report is about; what the reporter cannot see does not exist for them. */
  private async targetOf(
    tx: Transaction,
    principal: Principal,
    { grant, organisation }: Report,
  ): Promise<Result<Pick<Accusation, 'organisation' | 'grant' | 'dataset' | 'holder'>>> {
    if (grant !== null) {
      const found = (await this.deps.grants.store.find(tx, grant))?.grant.approval;
      if (found === undefined || !sees(sightOf(principal), { organisation: '', holder: found.holder }))
        return fault('unknown-grant', '/grant', `There is no grant ${grant}.`);
      return ok({ grant, organisation: found.organisation, dataset: found.dataset, holder: found.holder });
    }
    // Only who oversees everything accuses an organisation as a whole.
    if (!principal.roles.includes('supervisor')) return err(refusal('forbidden'));
    if (organisation === null || (await this.deps.surroundings.organisation(tx, organisation)) === null)
      return fault('unknown-organisation', '/organisation', `There is no organisation ${organisation}.`);
    return ok({ organisation, grant: null, dataset: null, holder: null });
  }

  /** The grants concerned rest from the report on (Shanghai Data Regulations art. 39(2)). */
  private async suspendAtOnce(tx: Transaction, violation: Violation, principal: Principal): Promise<void> {
    const terms: SanctionTerms = {
      ...placeOf(violation),
      step: 'suspend',
      reason: 'Suspended at once until the violation is decided on.',
      by: principal.id,
      until: null,
      limit: null,
      datasets: [],
      interim: true,
    };
    const { organisation } = violation;
    const change = { organisation, ending: [], imposing: terms, actor: actorOf(principal) };
    await this.deps.measures.carryOut(tx, this.deps.measures.nextId(), change);
  }

  /** What only the rows of other slices can say against a measure. */
  private async impediment(tx: Transaction, command: ViolationCommand): Promise<Refusal | null> {
    if (command.name !== 'impose') return null;
    const { datasets } = command.measure;
    const known = await this.deps.surroundings.names(tx, datasets, []);
    const missing = datasets.findIndex((id) => !known.has(id));
    return missing < 0
      ? null
      : faulty('unknown-dataset', `/datasets/${missing}`, `There is no dataset ${datasets[missing]}.`);
  }

  private async write(
    tx: Transaction,
    stored: StoredViolation,
    event: ViolationEvent,
    command: ViolationCommand,
    principal: Principal,
  ): Promise<Result<StoredViolation>> {
    const { violation } = stored;
    const actor = actorOf(principal);
    const after = await this.deps.store.update(tx, stored, evolve(violation.id, violation, event));
    tell(tx, after.violation, event, actor);
    if (command.name === 'reply') return ok(after);
    const imposing = command.name === 'impose' ? termsOf(violation, command.measure, principal.id) : null;
    const id = command.name === 'impose' ? command.sanction : '';
    const ending = await this.superseded(tx, violation, event.event, tx.now);
    const { sanction, grants } = await this.deps.measures.carryOut(tx, id, {
      organisation: violation.organisation,
      ending,
      imposing,
      actor,
    });
    return sanction?.step === 'limit' && grants.length === 0 ? err(refusal('limit-not-narrower')) : ok(after);
  }

  /** Measures of this violation that a decision on it takes the place of. */
  async superseded(tx: Transaction, { id, organisation }: Violation, what: string, now: number) {
    const inForce = await this.deps.measures.store.inForce(tx, organisation);
    const cause = CAUSES[what] ?? 'superseded';
    return inForce
      .filter(({ sanction }) => sanction.violation === id)
      .map((stored) => ({ stored, event: sanctionEvent('sanction.ended', now, { cause }) }));
  }
}

const CAUSES: Readonly<Record<string, 'dismissed' | 'cured'>> = {
  'violation.dismissed': 'dismissed',
  'violation.cured': 'cured',
};

export const placeOf = ({ id, organisation, grant }: Violation) => ({ violation: id, organisation, grant });

/** A restriction of use is always the organisation's, also where the violation concerned one grant. */
function termsOf(violation: Violation, measure: Measure, by: Id): SanctionTerms {
  const { step, reason, until, quota, delivery, datasets } = measure;
  const place = placeOf(violation);
  return {
    ...place,
    ...(step === 'restrict' ? { grant: null } : {}),
    step,
    reason,
    by,
    until,
    limit: step === 'limit' ? { quota, delivery } : null,
    datasets,
    interim: false,
  };
}

const faulty = (code: 'unknown-grant' | 'unknown-organisation' | 'unknown-dataset', pointer: string, detail: string) =>
  refusal(code, detail, { errors: [{ code, pointer, detail }] });
const fault = (...what: Parameters<typeof faulty>): Result<never> => err(faulty(...what));

export function tell(tx: Transaction, violation: Violation, { event, data }: ViolationEvent, actor: Actor): void {
  const { id, kind, organisation, grant } = violation;
  tx.append({ event, subject: { kind: 'violation', id }, actor, data: { kind, organisation, grant, ...data } });
}
