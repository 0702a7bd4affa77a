import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isFinal } from '../api/problem';
import { useCodes, useKnows } from './codes';

/** What stands on a screen while its data is on the way. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-live="polite" className="stack">
      <span className="visually-hidden">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={index === 0 ? 34 : 74} radius="md" />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="56" height="44" viewBox="0 0 56 44" aria-hidden="true">
        <rect x="3" y="9" width="50" height="32" rx="5" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M3 20h14l4 6h14l4-6h14" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M20 3h16" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

const titleKey = (problem: ApiProblem): 'network' | 'forbidden' | 'missing' | 'conflict' | 'unavailable' | null => {
  if (problem.status === 0) return 'network';
  if (problem.title !== '') return null;
  if (problem.status === 403) return 'forbidden';
  if (problem.status === 404) return 'missing';
  return problem.isConflict ? 'conflict' : 'unavailable';
};

export const problemTitle = (problem: ApiProblem, t: TFunction): string => {
  const key = titleKey(problem);
  return key === null ? problem.title : t(`problem.${key}.title`);
};

/** A refusal or a fault with what it means, what to do, and the fields it names. */
export function ProblemPanel(props: {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
  /** Left out where the heading of the screen says it already. */
  readonly titled?: boolean;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const knows = useKnows();
  const problem = ApiProblem.of(props.error);
  const key = titleKey(problem);
  const title = problemTitle(problem, t);
  const remedy = problem.remedy ?? (key === null ? undefined : t(`problem.${key}.remedy`));
  return (
    <div className={isFinal(problem) && props.titled === false ? 'problem problem-calm' : 'problem'} role="alert">
      {props.titled !== false && <div className="problem-title">{title}</div>}
      {problem.detail !== undefined && problem.detail !== title && <p>{problem.detail}</p>}
      {remedy !== undefined && remedy !== problem.detail && <p className="problem-remedy">{remedy}</p>}
      {problem.errors.length > 0 && (
        <ul className="problem-errors">
          {problem.errors.map((fault, index) => (
            <li key={index}>
              {knows('fault', fault.code) ? word('fault', fault.code) : (fault.detail ?? fault.code)}
              {fault.pointer !== undefined && fault.pointer !== '' && <code>{fault.pointer}</code>}
            </li>
          ))}
        </ul>
      )}
      {props.children}
      <div className="problem-foot">
        {props.retry !== undefined && (
          <Button size="compact-sm" variant="default" onClick={props.retry}>
            {t('action.retry')}
          </Button>
        )}
        <span>
          {problem.code}
          {problem.requestId !== undefined && ` · ${problem.requestId}`}
        </span>
      </div>
    </div>
  );
}
