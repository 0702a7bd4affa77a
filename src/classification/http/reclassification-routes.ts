import { notFound, offsetOf, pageOf, query, replyOf, type Route } from '../../http/index.js';
import type { ReclassificationQueries } from '../reclassification-queries.js';
import type { ReclassificationService } from '../reclassification-service.js';
import {
  ImpactBody,
  ImpactQuery,
  ReclassificationBody,
  ReclassificationListQuery,
  ReclassificationPageBody,
} from './reclassification-responses.js';
import { impactView, reclassificationView } from './reclassification-view.js';

const TAG = 'Classification';

export interface ReclassificationParts {
  readonly reclassifications: ReclassificationService;
  readonly reclassified: ReclassificationQueries;
}

/** What a change of tier would do, and what changes that happened did. */
export const reclassificationRoutes = ({ reclassifications, reclassified }: ReclassificationParts): Route[] => [
  query<ImpactQuery>({
    path: '/api/datasets/:id/reclassification',
    permission: 'reclassification.read',
    summary: 'What giving the dataset this tier would do to live grants, open applications and distributions',
    tag: TAG,
    query: ImpactQuery,
    response: ImpactBody,
    handler: async (call, reader) => {
      const preview = await reclassifications.preview(reader, call.principal, call.params.id ?? '', call.query.tier);
      if (!preview.ok) return preview;
      const { dataset, impact } = preview.value;
      const named = await reclassified.named(reader, [impact], [dataset.id]);
      const view = impactView({ ...preview.value, dataset: dataset.id }, named, call.language);
      return replyOf(view, { version: dataset.version });
    },
  }),
  query<ReclassificationListQuery>({
    path: '/api/reclassifications',
    permission: 'reclassification.read',
    summary: 'Changes of tier that happened, newest first, each with what became of everything it touched',
    tag: TAG,
    query: ReclassificationListQuery,
    response: ReclassificationPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, dataset } = call.query;
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const filter = dataset === undefined ? {} : { dataset };
      const { rows, total } = await reclassified.list(reader, call.principal, filter, { offset: offset.value, limit });
      const named = await reclassified.named(
        reader,
        rows.map(({ impact }) => impact),
        rows.map((row) => row.dataset),
      );
      const items = rows.map((row) => reclassificationView(row, named, call.language));
      return replyOf(pageOf(items, offset.value, total));
    },
  }),
  query({
    path: '/api/reclassifications/:id',
    permission: 'reclassification.read',
    summary: 'One change of tier that happened, and what became of everything it touched',
    tag: TAG,
    response: ReclassificationBody,
    handler: async (call, reader) => {
      const row = await reclassified.find(reader, call.principal, call.params.id ?? '');
      if (row === null) return notFound();
      const named = await reclassified.named(reader, [row.impact], [row.dataset]);
      return replyOf(reclassificationView(row, named, call.language), { version: row.version });
    },
  }),
];
