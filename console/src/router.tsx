import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { datasetsQuery, facetsQuery } from './api/queries';
import { parseSearch, stringifySearch } from './search-state';
import { ScreenFailed } from './shell/screen-failed';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';

interface Context {
  readonly queryClient: QueryClient;
}
type Raw = Record<string, unknown>;
type Maybe<Names extends string> = { readonly [Name in Names]?: string | undefined };
interface Paged {
  readonly trail?: readonly string[] | undefined;
}
const textOf = (raw: Raw, name: string): string | undefined => {
  const value = raw[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
/** From an address the trail is one text; from a link within the console it is the list itself. */
const trailOf = (raw: Raw): readonly string[] | undefined => {
  const given = raw['trail'];
  const tokens = Array.isArray(given) ? given : (textOf(raw, 'trail')?.split('~') ?? []);
  const trail = tokens.filter((token): token is string => typeof token === 'string' && token !== '');
  return trail.length === 0 ? undefined : trail;
};
/** Only addresses of this console are followed after signing in. */
const pathOf = (raw: Raw): string | undefined => {
  const then = textOf(raw, 'then');
  return then?.startsWith('/') === true && !then.startsWith('//') && !then.includes('\\') ? then : undefined;
};

const root = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  loader: ({ context }) => void context.queryClient.prefetchQuery(facetsQuery()),
  component: lazyRouteComponent(() => import('./home/home'), 'Home'),
});
const search = createRoute({
  getParentRoute: () => root,
  path: '/datasets',
  validateSearch: (raw: Raw): Maybe<'q' | 'field' | 'tier' | 'publisher'> & Paged => ({
    q: textOf(raw, 'q'),
    field: textOf(raw, 'field'),
    tier: textOf(raw, 'tier'),
    publisher: textOf(raw, 'publisher'),
    trail: trailOf(raw),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { trail, ...rest } }) =>
    void context.queryClient.prefetchQuery(datasetsQuery({ ...rest, pageToken: trail?.at(-1) })),
  component: lazyRouteComponent(() => import('./search/search'), 'Search'),
});
const dataset = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id',
  component: lazyRouteComponent(() => import('./dataset/dataset'), 'DatasetPage'),
});
const evidence = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/evidence',
  component: lazyRouteComponent(() => import('./evidence/evidence'), 'EvidencePage'),
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
  component: lazyRouteComponent(() => import('./portal/portal'), 'Portal'),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Raw): Maybe<'then' | 'as'> => ({ then: pathOf(raw), as: textOf(raw, 'as') }),
  component: lazyRouteComponent(() => import('./sign-in/sign-in'), 'SignIn'),
});
const apply = createRoute({
  getParentRoute: () => root,
  path: '/apply',
  validateSearch: (raw: Raw): Maybe<'dataset' | 'draft' | 'kind'> => ({
    dataset: textOf(raw, 'dataset'),
    draft: textOf(raw, 'draft'),
    kind: textOf(raw, 'kind'),
  }),
  component: lazyRouteComponent(() => import('./applications/apply'), 'Apply'),
});
const applications = createRoute({
  getParentRoute: () => root,
  path: '/applications',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./applications/applications'), 'Applications'),
});
const application = createRoute({
  getParentRoute: () => root,
  path: '/applications/$id',
  component: lazyRouteComponent(() => import('./applications/application'), 'ApplicationPage'),
});
const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  validateSearch: (raw: Raw): Maybe<'queue' | 'kind'> & Paged => ({
    queue: textOf(raw, 'queue'),
    kind: textOf(raw, 'kind'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('./queue/queue'), 'Queue'),
});
const proofs = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./proofs/proofs'), 'Proofs'),
});
const fileProof = createRoute({
  getParentRoute: () => root,
  path: '/evidence/new',
  validateSearch: (raw: Raw): Maybe<'kind' | 'replaces'> => ({
    kind: textOf(raw, 'kind'),
    replaces: textOf(raw, 'replaces'),
  }),
  component: lazyRouteComponent(() => import('./proofs/file-proof'), 'FileProof'),
});
const proof = createRoute({
  getParentRoute: () => root,
  path: '/evidence/$id',
  component: lazyRouteComponent(() => import('./proofs/proof'), 'ProofPage'),
});
const grants = createRoute({
  getParentRoute: () => root,
  path: '/grants',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./grants/grants'), 'Grants'),
});
const grant = createRoute({
  getParentRoute: () => root,
  path: '/grants/$id',
  component: lazyRouteComponent(() => import('./grants/grant'), 'GrantPage'),
});
const reportViolation = createRoute({
  getParentRoute: () => root,
  path: '/grants/$id/violation',
  component: lazyRouteComponent(() => import('./supervision/report-violation'), 'ReportViolation'),
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
  component: lazyRouteComponent(() => import('./register/register'), 'Register'),
});
const usage = createRoute({
  getParentRoute: () => root,
  path: '/usage',
  validateSearch: (raw: Raw): Maybe<'days' | 'dataset'> => ({
    days: ['30', '90', '365'].find((span) => span === `${raw['days']}`),
    dataset: textOf(raw, 'dataset'),
  }),
  component: lazyRouteComponent(() => import('./usage/usage'), 'Usage'),
});
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./join/join'), 'Join'),
});
const colleagues = createRoute({
  getParentRoute: () => root,
  path: '/colleagues',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./colleagues/colleagues'), 'Colleagues'),
});
const invited = createRoute({
  getParentRoute: () => root,
  path: '/invited',
  component: lazyRouteComponent(() => import('./colleagues/invited'), 'Invited'),
});
const mails = createRoute({
  getParentRoute: () => root,
  path: '/mails',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./notifications/mails'), 'Mails'),
});
const registrations = createRoute({
  getParentRoute: () => root,
  path: '/registrations',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./join/registrations'), 'Registrations'),
});
const registration = createRoute({
  getParentRoute: () => root,
  path: '/registrations/$id',
  component: lazyRouteComponent(() => import('./join/registration'), 'RegistrationPage'),
});
const demands = createRoute({
  getParentRoute: () => root,
  path: '/demands',
  validateSearch: (raw: Raw): Maybe<'state' | 'queue'> & Paged => ({
    state: textOf(raw, 'state'),
    queue: textOf(raw, 'queue'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('./supervision/demands'), 'Demands'),
});
const makeDemand = createRoute({
  getParentRoute: () => root,
  path: '/demands/new',
  validateSearch: (raw: Raw): Maybe<'dataset'> => ({ dataset: textOf(raw, 'dataset') }),
  component: lazyRouteComponent(() => import('./supervision/make-demand'), 'MakeDemand'),
});
const demand = createRoute({
  getParentRoute: () => root,
  path: '/demands/$id',
  component: lazyRouteComponent(() => import('./supervision/demand'), 'DemandPage'),
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
  component: lazyRouteComponent(() => import('./supervision/complaints'), 'Complaints'),
});
const complaint = createRoute({
  getParentRoute: () => root,
  path: '/complaints/$id',
  component: lazyRouteComponent(() => import('./supervision/complaint'), 'ComplaintPage'),
});
const somethingWrong = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/wrong',
  component: lazyRouteComponent(() => import('./supervision/something-wrong'), 'SomethingWrong'),
});
const supervision = createRoute({
  getParentRoute: () => root,
  path: '/supervision',
  component: lazyRouteComponent(() => import('./supervision/desk'), 'SupervisionDesk'),
});
const violations = createRoute({
  getParentRoute: () => root,
  path: '/violations',
  validateSearch: (raw: Raw): Maybe<'state'> & Paged => ({ state: textOf(raw, 'state'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./supervision/violations'), 'Violations'),
});
const violation = createRoute({
  getParentRoute: () => root,
  path: '/violations/$id',
  component: lazyRouteComponent(() => import('./supervision/violation'), 'ViolationPage'),
});
const sanctions = createRoute({
  getParentRoute: () => root,
  path: '/sanctions',
  validateSearch: (raw: Raw): Maybe<'state' | 'step'> & Paged => ({
    state: textOf(raw, 'state'),
    step: textOf(raw, 'step'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('./supervision/sanctions'), 'Sanctions'),
});
const classification = createRoute({
  getParentRoute: () => root,
  path: '/classification',
  validateSearch: (raw: Raw): Maybe<'group'> & Paged => ({ group: textOf(raw, 'group'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./classification/classification'), 'Classification'),
});
const worksheets = createRoute({
  getParentRoute: () => root,
  path: '/classification/worksheets',
  component: lazyRouteComponent(() => import('./classification/worksheets'), 'Worksheets'),
});
const group = createRoute({
  getParentRoute: () => root,
  path: '/classification/groups/$group',
  component: lazyRouteComponent(() => import('./classification/group'), 'GroupPage'),
});
const alike = createRoute({
  getParentRoute: () => root,
  path: '/classification/groups/$group/alike',
  component: lazyRouteComponent(() => import('./classification/alike'), 'AlikePage'),
});
const assessment = createRoute({
  getParentRoute: () => root,
  path: '/classification/$id',
  component: lazyRouteComponent(() => import('./classification/assessment'), 'AssessmentPage'),
});

const changeTier = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/tier',
  component: lazyRouteComponent(() => import('./governance/change-tier'), 'ChangeTier'),
});
const tierChanges = createRoute({
  getParentRoute: () => root,
  path: '/tier-changes',
  validateSearch: (raw: Raw): Maybe<'dataset'> & Paged => ({ dataset: textOf(raw, 'dataset'), trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./governance/changes'), 'TierChanges'),
});

const rulePacks = createRoute({
  getParentRoute: () => root,
  path: '/rule-packs',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./governance/packs'), 'RulePacks'),
});
const newPack = createRoute({
  getParentRoute: () => root,
  path: '/rule-packs/new',
  validateSearch: (raw: Raw): Maybe<'pack'> => ({ pack: textOf(raw, 'pack') }),
  component: lazyRouteComponent(() => import('./governance/new-pack'), 'NewPack'),
});
const packVersion = createRoute({
  getParentRoute: () => root,
  path: '/rule-packs/$id',
  component: lazyRouteComponent(() => import('./governance/pack-version'), 'PackVersionPage'),
});
const reviews = createRoute({
  getParentRoute: () => root,
  path: '/reviews',
  validateSearch: (raw: Raw): Maybe<'queue' | 'cause'> & Paged => ({
    queue: textOf(raw, 'queue'),
    cause: textOf(raw, 'cause'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('./governance/reviews'), 'Reviews'),
});

const objectToTier = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$id/objection',
  component: lazyRouteComponent(() => import('./governance/object-to-tier'), 'ObjectToTier'),
});
const objections = createRoute({
  getParentRoute: () => root,
  path: '/objections',
  validateSearch: (raw: Raw): Maybe<'state' | 'dataset'> & Paged => ({
    state: textOf(raw, 'state'),
    dataset: textOf(raw, 'dataset'),
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('./governance/objections'), 'Objections'),
});
const objection = createRoute({
  getParentRoute: () => root,
  path: '/objections/$id',
  component: lazyRouteComponent(() => import('./governance/objection'), 'ObjectionPage'),
});

/** Datasets to compare by their ids, commas between. */
const compare = createRoute({
  getParentRoute: () => root,
  path: '/fusion',
  validateSearch: (raw: Raw): Maybe<'datasets' | 'case'> => ({
    datasets: textOf(raw, 'datasets'),
    case: textOf(raw, 'case'),
  }),
  component: lazyRouteComponent(() => import('./fusion/compare'), 'Compare'),
});
const fusion = createRoute({
  getParentRoute: () => root,
  path: '/fusion/$id',
  validateSearch: (raw: Raw): Maybe<'case'> => ({ case: textOf(raw, 'case') }),
  component: lazyRouteComponent(() => import('./fusion/result'), 'FusionResult'),
});

const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  validateSearch: (raw: Raw): { readonly unread?: 'true' | undefined } & Paged => ({
    unread: textOf(raw, 'unread') === 'true' ? 'true' : undefined,
    trail: trailOf(raw),
  }),
  component: lazyRouteComponent(() => import('./notifications/notifications'), 'Notifications'),
});
const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  validateSearch: (raw: Raw): Paged => ({ trail: trailOf(raw) }),
  component: lazyRouteComponent(() => import('./notices/notices'), 'Notices'),
});
const checkNotice = createRoute({
  getParentRoute: () => root,
  path: '/notices/check',
  component: lazyRouteComponent(() => import('./notices/check-notice'), 'CheckNotice'),
});
const mailSettings = createRoute({
  getParentRoute: () => root,
  path: '/notifications/mail',
  component: lazyRouteComponent(() => import('./notifications/mail-settings'), 'MailSettings'),
});
const forms = createRoute({
  getParentRoute: () => root,
  path: '/forms',
  component: lazyRouteComponent(() => import('./forms/forms'), 'Forms'),
});
const formEditor = createRoute({
  getParentRoute: () => root,
  path: '/forms/$purpose',
  component: lazyRouteComponent(() => import('./forms/form-editor'), 'FormEditor'),
});

const routeTree = root.addChildren([
  home,
  search,
  dataset,
  evidence,
  applyFor,
  portal,
  signIn,
  apply,
  applications,
  application,
  queue,
  proofs,
  fileProof,
  proof,
  grants,
  grant,
  reportViolation,
  register,
  usage,
  join,
  invited,
  colleagues,
  mails,
  registrations,
  registration,
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
  compare,
  fusion,
  notifications,
  notices,
  checkNotice,
  mailSettings,
  forms,
  formEditor,
]);

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ScreenFailed,
    defaultNotFoundComponent: NotFound,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
