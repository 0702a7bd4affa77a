import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useCommand } from '../api/commands';
import { ApiProblem } from '../api/problem';
import { applicationQuery } from '../api/queries';
import type { Application } from '../api/applications';
import type { Dataset } from '../api/datasets';
import type { PurposeForm } from '../api/forms';
import { useLeaveGuard } from '../parts/leave-guard';
import { beginning, draftOf, formFor, type Written } from './apply-state';

interface Drafted {
  readonly records: readonly Dataset[];
  readonly opened: Application | null;
  /** A public body asks another one: said when the draft is begun, and never changed. */
  readonly sharing: boolean;
  readonly forms: readonly PurposeForm[];
}

/**
 * A draft that is written here and kept on the server. Saves take turns, each on top of the version the one before it
 * left; where somebody else changed the draft meanwhile, the newest version is read and the next save goes on top of it.
 */
export function useDraft({ records, opened, sharing, forms }: Drafted) {
  const queryClient = useQueryClient();
  const [written, setWritten] = useState<Written>(() => beginning(records, opened));
  const [begun] = useState(written);
  const [application, setApplication] = useState(opened);
  const [kept, setKept] = useState<Written | null>(opened === null ? null : written);
  const save = useCommand<Application>();
  const latest = useRef({ written, application, kept });
  latest.current = { written, application, kept };
  const turn = useRef<Promise<Application | null>>(Promise.resolve(opened));

  const put = async (): Promise<Application | null> => {
    const { written: now, application: before } = latest.current;
    const { category } = now;
    if (category === '') return null;
    if (before !== null && latest.current.kept === now) return before;
    const body = draftOf(records, { ...now, category }, formFor(category, forms, before));
    const given =
      before === null
        ? { path: '/api/applications', body: sharing ? { ...body, kind: 'sharing' as const } : body }
        : { path: `/api/applications/${before.id}`, method: 'PATCH' as const, body, etag: before.etag };
    try {
      const answer = await save.mutateAsync(given);
      latest.current = { ...latest.current, application: answer, kept: now };
      setApplication(answer);
      setKept(now);
      return answer;
    } catch (error) {
      if (before !== null && error instanceof ApiProblem && error.isConflict) {
        const newest = await queryClient.fetchQuery(applicationQuery(before.id)).catch(() => before);
        latest.current.application = newest;
        setApplication(newest);
      }
      return null;
    }
  };
  /** Saves what stands there now; null where that failed or nothing can be saved yet. */
  const store = (): Promise<Application | null> => {
    turn.current = turn.current.then(put, put);
    return turn.current;
  };

  const unsaved = written !== (kept ?? begun);
  useLeaveGuard(unsaved, store);
  return {
    written,
    application,
    save,
    unsaved,
    change: (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part })),
    store,
  };
}
