import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Maybe, type Paged, type Raw, textOf, trailOf } from './address';
import { root } from './root';

const reportViolation = createRoute({
  getParentRoute: () => root,
  path: '/grants/$id/violation',
  component: lazyRouteComponent(() => import('../supervision/report-violation'), 'ReportViolation'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: (raw: Raw): Maybe<'period' | 'field' | 'outcome' | 'sight'> & Paged => ({
    period: textOf(raw, 'period'),
    field: textOf(raw, 'field'),
    outcome: textOf(raw, 'outcome'),
    sight: textOf(raw, 'sight'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../register/register'), 'Register'),
});
const usage = createRoute({
  getParentRoute: () => root,
  path: '/usage',
  validateSearch: (raw: Raw): Maybe<'days' | 'dataset'> => ({
    days: ['30', '90', '365'].find((span) => span === `${raw['days']}`),
    dataset: textOf(raw, 'dataset'),
  }),
  component: lazyRouteComponent(() => import('../usage/usage'), 'Usage'),
});
const demands = createRoute({
  getParentRoute: () => root,
  path: '/demands',
  validateSearch: (raw: Raw): Maybe<'state' | 'queue'> & Paged => ({
    state: textOf(raw, 'state'),
    queue: textOf(raw, 'queue'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../supervision/demands'), 'Demands'),
});
const makeDemand = createRoute({
  getParentRoute: () => root,
  path: '/demands/new',
  validateSearch: (raw: Raw): Maybe<'dataset'> => ({ dataset: textOf(raw, 'dataset') }),
  component: lazyRouteComponent(() => import('../supervision/make-demand'), 'MakeDemand'),
});
const demand = createRoute({
  getParentRoute: () => root,
  path: '/demands/$id',
  component: lazyRouteComponent(() => import('../supervision/demand'), 'DemandPage'),
});
const complaints = createRoute({
  getParentRoute: () => root,
  path: '/complaints',
  validateSearch: (raw: Raw): Maybe<'about' | 'queue' | 'dataset' | 'number'> & Paged => ({
    about: textOf(raw, 'about'),
    queue: textOf(raw, 'queue'),
    dataset: textOf(raw, 'dataset'),
    number: textOf(raw, 'number'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../supervision/complaints'), 'Complaints'),
});
const complaint = createRoute({
  getParentRoute: () => root,
  path: '/complaints/$id',
  component: lazyRouteComponent(() => import('../supervision/complaint'), 'ComplaintPage'),
});
const somethingWrong = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/wrong',
  component: lazyRouteComponent(() => import('../supervision/something-wrong'), 'SomethingWrong'),
});
const supervision = createRoute({
  getParentRoute: () => root,
  path: '/supervision',
  component: lazyRouteComponent(() => import('../supervision/desk'), 'SupervisionDesk'),
});
const violations = createRoute({
  getParentRoute: () => root,
  path: '/violations',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../supervision/violations'), 'Violations'),
});
const violation = createRoute({
  getParentRoute: () => root,
  path: '/violations/$id',
  component: lazyRouteComponent(() => import('../supervision/violation'), 'ViolationPage'),
});
const sanctions = createRoute({
  getParentRoute: () => root,
  path: '/sanctions',
  validateSearch: (raw: Raw): Maybe<'state' | 'step'> & Paged => ({
    state: textOf(raw, 'state'),
    step: textOf(raw, 'step'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../supervision/sanctions'), 'Sanctions'),
});

/** How data is used, what is wrong, what everyone may know. */
export const supervisionRoutes = [
  reportViolation,
  register,
  usage,
  demands,
  makeDemand,
  demand,
  complaints,
  complaint,
  somethingWrong,
  supervision,
  violations,
  violation,
  sanctions,
] as const;
