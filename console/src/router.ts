import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { applicationsRoutes } from './routes/applications';
import { catalogueRoutes } from './routes/catalogue';
import { peopleRoutes } from './routes/people';
import { root } from './routes/root';
import { supervisionRoutes } from './routes/supervision';
import { tiersRoutes } from './routes/tiers';
import { parseSearch, stringifySearch } from './search-state';
import { NotFound } from './shell/not-found';
import { ScreenFailed } from './shell/screen-failed';

const routeTree = root.addChildren([
  ...catalogueRoutes,
  ...applicationsRoutes,
  ...supervisionRoutes,
  ...tiersRoutes,
  ...peopleRoutes,
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
