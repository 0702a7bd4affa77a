import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type CodeFamily, useCodes } from './codes';
import { Tabs } from './tabs';

interface Props {
  readonly label: string;
  readonly to: '/applications' | '/evidence' | '/grants' | '/mails' | '/violations';
  readonly family: CodeFamily;
  readonly states: readonly string[];
  /** What else the list may be looked at by. */
  readonly children?: ReactNode;
}

/** A list by its states: all, or one of them, each a link. */
export function StateTabs({ label, to, family, states, children }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Tabs label={label}>
      <Link to={to} search={{}} activeOptions={{ exact: true }}>
        {t('applications.all')}
      </Link>
      {states.map((state) => (
        <Link key={state} to={to} search={{ state } as never}>
          {word(family, state)}
        </Link>
      ))}
      {children}
    </Tabs>
  );
}
