import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
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
const trailOf = (raw: Raw): readonly string[] | undefined => textOf(raw, 'trail')?.split('~');
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
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Raw): Maybe<'then'> => ({ then: pathOf(raw) }),
  component: lazyRouteComponent(() => import('./sign-in/sign-in'), 'SignIn'),
});

const routeTree = root.addChildren([home, search, dataset, signIn]);

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
