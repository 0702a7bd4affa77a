import type { Application } from '../applications/index.js';
import type { Held, KnownPair } from '../classification/index.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Reader } from '../persistence/index.js';
import {
  byWeight,
  type CaseDataset,
  heldBeside,
  type LiveGrant,
  pairsOfCase,
  type Weight,
  weightOf,
} from './domain/fusion-of-case.js';

export interface CaseFusionPorts {
  /** The case where this caller judges or supervises it; the refusal of an absent one where not. */
  readonly reviewed: (reader: Reader, principal: Principal, id: Id) => Promise<Result<Application>>;
  readonly held: (reader: Reader, organisation: Id) => Promise<readonly LiveGrant[]>;
  readonly between: (reader: Reader, pairs: readonly (readonly [Held, Held])[]) => Promise<readonly KnownPair[]>;
  readonly titles: (reader: Reader, datasets: readonly Id[]) => Promise<ReadonlyMap<Id, Text>>;
}

export interface WeighedPair {
  readonly pair: KnownPair;
  readonly second: CaseDataset;
  readonly weight: Weight;
}

/** What the datasets of a case tell together, most telling first. */
export interface CaseFusionView {
  readonly asked: readonly CaseDataset[];
  readonly held: readonly CaseDataset[];
  readonly pairs: readonly WeighedPair[];
  readonly titles: ReadonlyMap<Id, Text>;
}

/**
 * Fusion risk beside the answers of a case: what is asked for, each with each and with what the applicant already holds.
 * Composed here, because classification stands before applications, and grants after them.
 */
export class CaseFusion {
  constructor(private readonly ports: CaseFusionPorts) {}

  async of(reader: Reader, principal: Principal, id: Id): Promise<Result<CaseFusionView>> {
    const found = await this.ports.reviewed(reader, principal, id);
    if (!found.ok) return found;
    const { id: application, applicant, request } = found.value;
    const asked = request.datasets.map(({ dataset, items }) => ({ dataset, items, grant: null }));
    const held = heldBeside(await this.ports.held(reader, applicant), application);
    const pairs = pairsOfCase(asked, held);
    const known = await this.ports.between(reader, pairs);
    const weighed = known.map((pair, at) => ({
      pair,
      second: pairs[at]?.[1] as CaseDataset,
      weight: weightOf(pair),
    }));
    const ids = [...asked, ...held].map(({ dataset }) => dataset);
    return ok({
      asked,
      held,
      pairs: weighed.sort((a, b) => byWeight(a.weight, b.weight)),
      titles: await this.ports.titles(reader, [...new Set(ids)]),
    });
  }
}
