import { etagOf } from '../../kernel/etag.js';
import { type Language, textIn } from '../../kernel/text.js';
import { isoOf } from '../../kernel/time.js';
import type { Tier } from '../../kernel/tier.js';
import type { GrantFate } from '../domain/pack.js';
import { countsOf, type Impact } from '../domain/impact.js';
import type { Named } from '../reclassification-queries.js';
import type { ReclassificationRow } from '../reclassification-store.js';
import type { ImpactBody, ReclassificationBody } from './reclassification-responses.js';

interface Change {
  readonly dataset: string;
  readonly from: Tier;
  readonly to: Tier;
  readonly pack: string;
  readonly packVersion: number;
  readonly fate: GrantFate | null;
  readonly impact: Impact;
}

/** What a change of tier does, as the API shows it. */
export function impactView(change: Change, named: Named, language: Language): ImpactBody {
  const { dataset, from, to, pack, packVersion, fate, impact } = change;
  const organisation = (id: string) => ({ id, name: textIn(named.organisations.get(id) ?? {}, language) });
  return {
    dataset,
    datasetTitle: { ...named.datasets.get(dataset) },
    from,
    to,
    pack,
    packVersion,
    grantRule: fate,
    counts: countsOf(impact),
    grants: impact.grants.map(({ id, organisation: user, application, state, outcome }) => ({
      id,
      organisation: organisation(user),
      application,
      state,
      outcome,
    })),
    applications: impact.applications.map(({ id, number, applicant, state, outcome }) => ({
      id,
      number,
      applicant: organisation(applicant),
      state,
      outcome,
    })),
    distributions: impact.distributions.map(({ title, ...rest }) => ({ ...rest, title: textIn(title, language) })),
  };
}

export function reclassificationView(row: ReclassificationRow, named: Named, language: Language): ReclassificationBody {
  const { dataset, from_tier: from, to_tier: to, pack, pack_version: packVersion, impact } = row;
  return {
    ...impactView({ dataset, from, to, pack, packVersion, fate: row.fate, impact }, named, language),
    id: row.id,
    publisher: row.publisher,
    assessment: row.assessment,
    actor: row.actor,
    at: isoOf(row.at),
    etag: etagOf(row.version),
  };
}
