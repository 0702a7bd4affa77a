import { query, replyOf, type Route } from '../../http/index.js';
import { FIELDS, type Field } from '../../kernel/fields.js';
import { textIn } from '../../kernel/text.js';
import { TIERS } from '../../kernel/tier.js';
import type { Catalogue } from '../create-catalogue.js';
import { DATASET_STATES } from '../domain/dataset.js';
import { ConditionKindList, FacetResponse, FieldList } from './catalogue-shapes.js';
import { FacetQuery } from './dataset-shapes.js';
import { searchQueryOf } from './search-request.js';

const TAG = 'Catalogue';
const MAX_PUBLISHERS = 200;

/** What the catalogue is sorted by. */
export const referenceRoutes = ({ search, publishers, kinds }: Catalogue): Route[] => [
  query({
    path: '/api/fields',
    permission: 'catalogue.read',
    summary: 'The 12 subject fields',
    tag: TAG,
    response: FieldList,
    handler: async () => replyOf({ items: Object.entries(FIELDS).map(([code, name]) => ({ code, name })) }),
  }),
  query({
    path: '/api/condition-kinds',
    permission: 'catalogue.read',
    summary: 'The kinds of opening conditions',
    tag: TAG,
    response: ConditionKindList,
    handler: async () => replyOf({ items: [...kinds.values()] }),
  }),
  query<FacetQuery>({
    path: '/api/facets',
    permission: 'catalogue.read',
    summary: 'How many datasets the caller may see, by field, tier, state, publisher and source',
    tag: TAG,
    query: FacetQuery,
    response: FacetResponse,
    handler: async (call, reader) => {
      const asked = searchQueryOf(call.query, call.principal);
      if (!asked.ok) return asked;
      const counts = search.facets(asked.value);
      const top = [...counts.publishers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_PUBLISHERS);
      const names = await publishers.names(
        reader,
        top.map(([id]) => id),
      );
      return replyOf({
        total: counts.total,
        fields: (Object.keys(FIELDS) as Field[]).map((code) => ({
          code,
          total: counts.fields.get(code) ?? 0,
          tiers: countsOf(TIERS, counts.fieldTiers.get(code)),
        })),
        tiers: countsOf(TIERS, counts.tiers),
        states: countsOf(DATASET_STATES, counts.states),
        publishers: top.map(([id, total]) => ({ id, name: textIn(names.get(id) ?? {}, call.language), total })),
        sources: [...counts.sources]
          .map(([code, total]) => ({ code, total }))
          .sort((a, b) => (a.code < b.code ? -1 : 1)),
      });
    },
  }),
];

const countsOf = <T extends string>(all: readonly T[], counts: ReadonlyMap<T, number> | undefined): Record<T, number> =>
  Object.fromEntries(all.map((one) => [one, counts?.get(one) ?? 0])) as Record<T, number>;
