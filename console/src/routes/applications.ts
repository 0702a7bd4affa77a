import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Maybe, type Paged, type Raw, textOf, trailOf } from './address';
import { root } from './root';

const apply = createRoute({
  getParentRoute: () => root,
  path: '/apply',
  validateSearch: (raw: Raw): Maybe<'dataset' | 'draft' | 'kind'> => ({
    dataset: textOf(raw, 'dataset'),
    draft: textOf(raw, 'draft'),
    kind: textOf(raw, 'kind'),
  }),
  component: lazyRouteComponent(() => import('../applications/apply'), 'Apply'),
});
const applications = createRoute({
  getParentRoute: () => root,
  path: '/applications',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../applications/applications'), 'Applications'),
});
const application = createRoute({
  getParentRoute: () => root,
  path: '/applications/$id',
  component: lazyRouteComponent(() => import('../applications/application'), 'ApplicationPage'),
});
const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  validateSearch: (raw: Raw): Maybe<'queue' | 'kind'> & Paged => ({
    queue: textOf(raw, 'queue'),
    kind: textOf(raw, 'kind'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../queue/queue'), 'Queue'),
});
const proofs = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('../proofs/proofs'), 'Proofs'),
});
const fileProof = createRoute({
  getParentRoute: () => root,
  path: '/evidence/new',
  validateSearch: (raw: Raw): Maybe<'kind' | 'replaces'> => ({
    kind: textOf(raw, 'kind'),
    replaces: textOf(raw, 'replaces'),
  }),
  component: lazyRouteComponent(() => import('../proofs/file-proof'), 'FileProof'),
});
const proof = createRoute({
  getParentRoute: () => root,
  path: '/evidence/$id',
  component: lazyRouteComponent(() => import('../proofs/proof'), 'ProofPage'),
});
const grants = createRoute({
  getParentRoute: () => root,
  path: '/grants',
  validateSearch: (raw: Raw): Maybe<'state'> & { duty?: 'overdue' | undefined } & Paged => ({
    state: textOf(raw, 'state'),
    duty: raw['duty'] === 'overdue' ? 'overdue' : undefined,
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('../grants/grants'), 'Grants'),
});
const grant = createRoute({
  getParentRoute: () => root,
  path: '/grants/$id',
  component: lazyRouteComponent(() => import('../grants/grant'), 'GrantPage'),
});
const forms = createRoute({
  getParentRoute: () => root,
  path: '/forms',
  component: lazyRouteComponent(() => import('../forms/forms'), 'Forms'),
});
const formEditor = createRoute({
  getParentRoute: () => root,
  path: '/forms/$purpose',
  component: lazyRouteComponent(() => import('../forms/form-editor'), 'FormEditor'),
});
const agreements = createRoute({
  getParentRoute: () => root,
  path: '/agreements',
  component: lazyRouteComponent(() => import('../agreements/agreements'), 'Agreements'),
});
const newAgreement = createRoute({
  getParentRoute: () => root,
  path: '/agreements/new',
  component: lazyRouteComponent(() => import('../agreements/next-version'), 'NewAgreement'),
});
const nextAgreement = createRoute({
  getParentRoute: () => root,
  path: '/agreements/$template',
  component: lazyRouteComponent(() => import('../agreements/next-version'), 'NextVersion'),
});

/** Asking, ruling, and what was granted. */
export const applicationsRoutes = [
  apply,
  applications,
  application,
  queue,
  proofs,
  fileProof,
  proof,
  grants,
  grant,
  forms,
  formEditor,
  agreements,
  newAgreement,
  nextAgreement,
] as const;
