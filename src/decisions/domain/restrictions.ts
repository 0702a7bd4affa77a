import { CODE, UNKNOWN } from './facts.js';
import { addTo } from './sets.js';

/** A measure against an organisation: until when it restricts use, on these datasets or on all where none is named. */
export interface SanctionFacts {
  readonly id: string;
  readonly organisation: string;
  readonly datasets: readonly string[];
  /** Minus infinity where it restricts nothing, or nothing any more. */
  readonly until: number;
  readonly intact: boolean;
}

/**
 * The measures known, by organisation. A measure that differs from the log may be the trace of a restriction somebody
 * wanted out of the way: the organisations it named are then unknown, and unknown never permits.
 */
export class Restrictions {
  private readonly byId = new Map<string, SanctionFacts>();
  private readonly ofOrganisation = new Map<string, Set<string>>();
  private readonly doubtful = new Map<string, Set<string>>();
  /** Measures that are gone and were never seen: whose they were is not known. */
  private readonly nameless = new Set<string>();

  get known(): readonly SanctionFacts[] {
    return [...this.byId.values()];
  }

  put(sanction: SanctionFacts): void {
    const { id } = sanction;
    const before = this.byId.get(id);
    this.nameless.delete(id);
    this.byId.set(id, sanction);
    if (sanction.intact) this.trust(id);
    else
      for (const one of [before?.organisation, sanction.organisation])
        if (one !== undefined) addTo(this.doubtful, one, id);
    if (before !== undefined && before.organisation !== sanction.organisation)
      this.ofOrganisation.get(before.organisation)?.delete(id);
    addTo(this.ofOrganisation, sanction.organisation, id);
  }

  distrust(id: string): void {
    const known = this.byId.get(id);
    if (known === undefined) this.nameless.add(id);
    else addTo(this.doubtful, known.organisation, id);
  }

  factOf(organisation: string, dataset: string, now: number): number {
    if (this.byId.size === 0 && this.nameless.size === 0) return CODE.sanction.none;
    if (this.nameless.size > 0 || this.doubtful.has(organisation)) return UNKNOWN;
    for (const id of this.ofOrganisation.get(organisation) ?? []) {
      const { datasets, until } = this.byId.get(id) as SanctionFacts;
      if (now < until && (datasets.length === 0 || datasets.includes(dataset))) return CODE.sanction.restricted;
    }
    return CODE.sanction.none;
  }

  private trust(id: string): void {
    for (const [organisation, ids] of this.doubtful)
      if (ids.delete(id) && ids.size === 0) this.doubtful.delete(organisation);
  }
}
