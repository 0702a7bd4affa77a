import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { NotFound } from '../shell/not-found';
import { Shell } from '../shell/shell';

interface Context {
  readonly queryClient: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound });
