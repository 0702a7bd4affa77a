import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from './client';
import { ApiProblem } from './problem';

export interface Given {
  /** `/api/applications/…/commands/approve`, or a collection to create in. */
  readonly path: string;
  readonly method?: 'POST' | 'PATCH';
  readonly body: unknown;
  /** The version the person was looking at. */
  readonly etag?: string | undefined;
}

/**
 * Sends commands with If-Match and an Idempotency-Key. Where nobody knows whether the first attempt took effect, the
 * next attempt at the same thing carries the same key, so that it has one effect; after any clear answer a new key is
 * taken. Whatever the outcome, what is shown is read again.
 */
export function useCommand<T>(onDone?: (answer: T) => void | Promise<void>) {
  const queryClient = useQueryClient();
  const attempt = useRef<{ readonly of: string; readonly key: string } | null>(null);
  return useMutation({
    mutationFn: async (given: Given) => {
      const of = JSON.stringify([given.method, given.path, given.body]);
      if (attempt.current?.of !== of) attempt.current = { of, key: crypto.randomUUID() };
      const { key } = attempt.current;
      const { path, method = 'POST', body, etag } = given;
      return call<T>(path, { method, body, etag, idempotencyKey: key });
    },
    onSuccess: async (answer) => {
      attempt.current = null;
      await onDone?.(answer);
      void queryClient.invalidateQueries();
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem) || !error.isUncertain) attempt.current = null;
      if (error instanceof ApiProblem && (error.isConflict || error.status === 404 || error.status === 403)) {
        void queryClient.invalidateQueries();
      }
    },
  });
}
