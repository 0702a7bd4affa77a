import type { RestrictionClosing } from '../applications/index.js';
import { type Grant, type GrantCommand, type Grants, isHeld } from '../grants/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Ladder } from './domain/ladder.js';
import {
  covers,
  evolve,
  type Sanction,
  sanctionEvent,
  type SanctionEvent,
  type SanctionTerms,
} from './domain/sanction.js';
import type { SupervisionSurroundings } from './supervision-ports.js';
import type { SanctionStore, StoredSanction } from './supervision-stores.js';

/** What changes among the measures against one organisation, in one command. */
export interface MeasureChange {
  readonly organisation: Id;
  /** Measures that end now, each by its event. */
  readonly ending: readonly { readonly stored: StoredSanction; readonly event: SanctionEvent }[];
  readonly imposing: SanctionTerms | null;
  readonly actor: Actor;
}

/** Against whom nothing is done by machine alone, by the ladder. */
interface Sparing {
  readonly kinds: Ladder['byPeopleOnly'];
  readonly surroundings: Pick<SupervisionSurroundings, 'organisation'>;
}

export interface Reached {
  readonly sanction: Sanction | null;
  readonly grants: readonly Id[];
  readonly applications: readonly Id[];
}

/**
 * Carries measures out. What a grant suffers is computed from the measures in force and applied as a difference; nothing
 * is toggled. Whoever calls has locked the row of the organisation: it stands for all that is held against it, so that
 * no grant comes into being beside a measure.
 */
export class Measures {
  constructor(
    readonly store: SanctionStore,
    private readonly grants: Pick<Grants, 'store' | 'service'>,
    private readonly applications: RestrictionClosing,
    private readonly ids: Ids,
    private readonly sparing: Sparing,
  ) {}

  /** Whether the applicant is one against whom nothing is done by machine alone. */
  async isSpared(reader: Reader, organisation: Id): Promise<boolean> {
    const { surroundings, kinds } = this.sparing;
    const found = await surroundings.organisation(reader, organisation);
    return found !== null && kinds.includes(found.kind);
  }

  /** A new id, so that the violation can name the measure that follows it. */
  nextId(): Id {
    return this.ids.next();
  }

  async carryOut(tx: Transaction, id: Id, change: MeasureChange): Promise<Reached> {
    const ended: Sanction[] = [];
    for (const { stored, event } of change.ending) ended.push(await this.end(tx, stored, event, change.actor));
    const sanction = change.imposing === null ? null : await this.impose(tx, id, change.imposing, change.actor);
    const applications = sanction?.step === 'restrict' ? await this.closeUnder(tx, sanction, change.actor) : [];
    const live = await this.liveWith(tx, change.organisation, applications);
    const inForce = (await this.store.inForce(tx, change.organisation)).map((one) => one.sanction);
    const grants = await this.grants.service.carryOutOn(
      tx,
      live,
      (grant) => commandsFor(grant, inForce, sanction, ended),
      change.actor,
    );
    return { sanction, grants, applications };
  }

  /** Whether a live grant falls under these terms. */
  async isAnyUnder(reader: Reader, { organisation, grant }: Pick<SanctionTerms, 'organisation' | 'grant'>) {
    const live = await this.grants.store.liveOf(reader, 'organisation', organisation);
    return live.some((one) => covers({ organisation, grant, datasets: [] }, placeOf(one.grant)));
  }

  /** A grant made while all grants of its organisation are suspended rests from the first moment. */
  async holdNew(tx: Transaction, grants: readonly { id: Id; organisation: Id }[], actor: Actor): Promise<void> {
    for (const { id, organisation } of grants) {
      const inForce = (await this.store.inForce(tx, organisation)).map(({ sanction }) => sanction);
      await this.grants.service.carryOutOn(tx, [id], (grant) => commandsFor(grant, inForce, null, []), actor);
    }
  }

  private async impose(tx: Transaction, id: Id, terms: SanctionTerms, actor: Actor): Promise<Sanction> {
    const event = sanctionEvent('sanction.imposed', tx.now, terms);
    const sanction = evolve(id, null, event);
    await this.store.insert(tx, sanction);
    tell(tx, sanction, event, actor);
    return sanction;
  }

  private async end(tx: Transaction, stored: StoredSanction, event: SanctionEvent, actor: Actor): Promise<Sanction> {
    const { sanction } = await this.store.update(tx, stored, evolve(stored.sanction.id, stored.sanction, event));
    tell(tx, sanction, event, actor);
    return sanction;
  }

  /** Open requests end with the ban, or are left to their officers, who decide on each and say why. */
  private async closeUnder(tx: Transaction, sanction: Sanction, actor: Actor): Promise<readonly Id[]> {
    const { organisation, datasets } = sanction;
    const ids = await this.applications.openUnder(tx, organisation, datasets);
    if (await this.isSpared(tx, organisation)) {
      await this.applications.leaveToOfficers(tx, ids, sanction.until, actor);
      return [];
    }
    await this.applications.close(tx, ids, reasonOf(sanction), actor);
    return ids;
  }

  /** All live grants of the organisation and those of the closed requests, or followed by them: what reacts to their end locks no other. */
  private async liveWith(tx: Transaction, organisation: Id, applications: readonly Id[]): Promise<Id[]> {
    const found = [...(await this.grants.store.liveOf(tx, 'organisation', organisation))];
    for (const id of applications) {
      found.push(...(await this.grants.store.ofApplication(tx, id)));
      found.push(...(await this.grants.store.followedBy(tx, id)));
    }
    return [...new Set(found.map(({ grant }) => grant.id))].sort();
  }
}

const placeOf = ({ id, approval }: Grant) => ({
  grant: id,
  line: approval.line ?? [],
  dataset: approval.dataset,
  organisation: approval.organisation,
});

/** What the grant's own page and its organisation are told; the violation is named. */
const reasonOf = ({ violation, reason }: Pick<Sanction, 'violation' | 'reason'>): string =>
  `Violation ${violation}: ${reason}`;

/** What measures in force, a new one and ended ones ask of one grant: the difference to what it is. */
export function commandsFor(
  grant: Grant,
  inForce: readonly Sanction[],
  imposed: Sanction | null,
  ended: readonly Sanction[],
): GrantCommand[] {
  const place = placeOf(grant);
  const under = imposed !== null && covers(imposed, place) ? imposed : null;
  if (under?.step === 'revoke' || under?.step === 'restrict') return [{ kind: 'revoke', reason: reasonOf(under) }];
  const holding = inForce.find((one) => one.step === 'suspend' && covers(one, place));
  const over = ended.find(({ id }) => id === grant.limit?.sanction);
  const freed = freeing(ended.at(-1));
  return [
    ...(over === undefined ? [] : [{ kind: 'unlimit' as const, sanction: over.id, reason: freed }]),
    ...limiting(under),
    ...(holding !== undefined && !isHeld(grant, 'sanction')
      ? [{ kind: 'hold' as const, cause: 'sanction' as const, reason: reasonOf(holding) }]
      : []),
    ...(holding === undefined && isHeld(grant, 'sanction')
      ? [{ kind: 'lift' as const, cause: 'sanction' as const, reason: freed }]
      : []),
  ];
}

/** What the grant's page says of its return: the reason of whoever lifted the measure, else what ended it. */
const freeing = (sanction: Sanction | undefined): string =>
  sanction?.end?.reason ?? `The measure has ended (${sanction?.end?.cause ?? 'run-out'}).`;

function limiting(sanction: Sanction | null): GrantCommand[] {
  if (sanction?.step !== 'limit' || sanction.limit === null) return [];
  // Its end is the measure's: the grant is freed when that one ends.
  return [{ kind: 'limit', reason: reasonOf(sanction), ...sanction.limit, until: null, sanction: sanction.id }];
}

function tell(tx: Transaction, sanction: Sanction, { event, data }: SanctionEvent, actor: Actor): void {
  const { violation, organisation, step } = sanction;
  tx.append({
    event,
    subject: { kind: 'sanction', id: sanction.id },
    actor,
    data: { violation, organisation, step, ...data },
  });
}
