import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { datasetsQuery, facetsQuery } from '../api/queries';
import { type Maybe, type Paged, type Raw, textOf, trailOf } from './address';
import { root } from './root';

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  loader: ({ context }) => void context.queryClient.prefetchQuery(facetsQuery()),
  component: lazyRouteComponent(() => import('../home/home'), 'Home'),
});
const search = createRoute({
  getParentRoute: () => root,
  path: '/datasets',
  validateSearch: (raw: Raw): Maybe<'q' | 'field' | 'tier' | 'state' | 'publisher'> & Paged => ({
    q: textOf(raw, 'q'),
    field: textOf(raw, 'field'),
    tier: textOf(raw, 'tier'),
    state: textOf(raw, 'state'),
    publisher: textOf(raw, 'publisher'),
    trail: trailOf(raw),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { trail, ...rest } }) =>
    void context.queryClient.prefetchQuery(datasetsQuery({ ...rest, pageToken: trail?.at(-1) })),
  component: lazyRouteComponent(() => import('../search/search'), 'Search'),
});
const dataset = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id',
  component: lazyRouteComponent(() => import('../dataset/dataset'), 'DatasetPage'),
});
/** A record of the own body, as another one is where that is named. */
const newRecord = createRoute({
  getParentRoute: () => root,
  path: '/datasets/new',
  validateSearch: (raw: Raw): Maybe<'like'> => ({ like: textOf(raw, 'like') }),
  component: lazyRouteComponent(() => import('../dataset/new-record'), 'NewRecord'),
});
const editRecord = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/edit',
  component: lazyRouteComponent(() => import('../dataset/edit'), 'EditRecord'),
});
const evidence = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/evidence',
  component: lazyRouteComponent(() => import('../evidence/evidence'), 'EvidencePage'),
});
/** The address that decisions name as the next step. */
const applyFor = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/apply',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/apply', search: { dataset: params.id }, replace: true });
  },
});
const portal = createRoute({
  getParentRoute: () => root,
  path: '/portal/$distribution',
  validateSearch: (raw: Raw): Maybe<'dataset' | 'purpose'> => ({
    dataset: textOf(raw, 'dataset'),
    purpose: textOf(raw, 'purpose'),
  }),
  component: lazyRouteComponent(() => import('../portal/portal'), 'Portal'),
});
/** Datasets to compare by their ids, commas between. */
const compare = createRoute({
  getParentRoute: () => root,
  path: '/fusion',
  validateSearch: (raw: Raw): Maybe<'datasets' | 'case'> => ({
    datasets: textOf(raw, 'datasets'),
    case: textOf(raw, 'case'),
  }),
  component: lazyRouteComponent(() => import('../fusion/compare'), 'Compare'),
});
const fusion = createRoute({
  getParentRoute: () => root,
  path: '/fusion/$id',
  validateSearch: (raw: Raw): Maybe<'case'> => ({ case: textOf(raw, 'case') }),
  component: lazyRouteComponent(() => import('../fusion/result'), 'FusionResult'),
});

/** What there is, and where it is read. */
export const catalogueRoutes = [
  home,
  search,
  dataset,
  newRecord,
  editRecord,
  evidence,
  applyFor,
  portal,
  compare,
  fusion,
] as const;
