import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Maybe, type Paged, type Raw, textOf, trailOf } from './address';
import { root } from './root';

const classification = createRoute({
  getParentRoute: () => root,
  path: '/classification',
  validateSearch: (raw: Raw): Maybe<'group'> & Paged => ({ group: textOf(raw, 'group'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../classification/classification'), 'Classification'),
});
const worksheets = createRoute({
  getParentRoute: () => root,
  path: '/classification/worksheets',
  component: lazyRouteComponent(() => import('../classification/worksheets'), 'Worksheets'),
});
const group = createRoute({
  getParentRoute: () => root,
  path: '/classification/groups/$group',
  component: lazyRouteComponent(() => import('../classification/group'), 'GroupPage'),
});
const alike = createRoute({
  getParentRoute: () => root,
  path: '/classification/groups/$group/alike',
  component: lazyRouteComponent(() => import('../classification/alike'), 'AlikePage'),
});
const assessment = createRoute({
  getParentRoute: () => root,
  path: '/classification/$id',
  component: lazyRouteComponent(() => import('../classification/assessment'), 'AssessmentPage'),
});
const changeTier = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/tier',
  component: lazyRouteComponent(() => import('../governance/change-tier'), 'ChangeTier'),
});
const tierChanges = createRoute({
  getParentRoute: () => root,
  path: '/tier-changes',
  validateSearch: (raw: Raw): Maybe<'dataset'> & Paged => ({ dataset: textOf(raw, 'dataset'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../governance/changes'), 'TierChanges'),
});
const rulePacks = createRoute({
  getParentRoute: () => root,
  path: '/rule-packs',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../governance/packs'), 'RulePacks'),
});
const newPack = createRoute({
  getParentRoute: () => root,
  path: '/rule-packs/new',
  validateSearch: (raw: Raw): Maybe<'pack' | 'take'> => ({ pack: textOf(raw, 'pack'), take: textOf(raw, 'take') }),
  component: lazyRouteComponent(() => import('../governance/new-pack'), 'NewPack'),
});
const packVersion = createRoute({
  getParentRoute: () => root,
  path: '/rule-packs/$id',
  component: lazyRouteComponent(() => import('../governance/pack-version'), 'PackVersionPage'),
});
const reviews = createRoute({
  getParentRoute: () => root,
  path: '/reviews',
  validateSearch: (raw: Raw): Maybe<'queue' | 'cause'> & Paged => ({
    queue: textOf(raw, 'queue'),
    cause: textOf(raw, 'cause'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../governance/reviews'), 'Reviews'),
});
const objectToTier = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/objection',
  component: lazyRouteComponent(() => import('../governance/object-to-tier'), 'ObjectToTier'),
});
const objections = createRoute({
  getParentRoute: () => root,
  path: '/objections',
  validateSearch: (raw: Raw): Maybe<'state' | 'dataset'> & Paged => ({
    state: textOf(raw, 'state'),
    dataset: textOf(raw, 'dataset'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../governance/objections'), 'Objections'),
});
const objection = createRoute({
  getParentRoute: () => root,
  path: '/objections/$id',
  component: lazyRouteComponent(() => import('../governance/objection'), 'ObjectionPage'),
});

/** How data gets its tier, and keeps or changes it. */
export const tiersRoutes = [
  classification,
  worksheets,
  group,
  alike,
  assessment,
  changeTier,
  tierChanges,
  rulePacks,
  newPack,
  packVersion,
  reviews,
  objectToTier,
  objections,
  objection,
] as const;
