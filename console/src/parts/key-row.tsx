import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandPanel } from './command-panel';
import { StateBadge } from './state-badge';
import { Moment } from './time';

/** What is shown of a key of a machine, of a portal or of a grant. */
export interface ShownKey {
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

interface Props {
  readonly of: ShownKey;
  /** Of what kind it is, or for whom. */
  readonly about?: ReactNode;
  /** What was asked with it; nothing while that was not read. */
  readonly asked?: ReactNode;
  /** Where it is commanded. */
  readonly path: string;
  /** What it is for is not in force now, or never again. */
  readonly under?: 'rests' | 'ended';
  readonly mayReplace: boolean;
  readonly onReplace: () => void;
  /** What revoking it does. */
  readonly revocation: string;
}

const stateOf = ({ revokedAt, expiresAt }: ShownKey): 'active' | 'revoked' | 'expired' => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
};

export function KeyRow(props: Props) {
  const { t } = useTranslation();
  const { label, createdAt, expiresAt, revokedAt } = props.of;
  const times = [
    ['portals.made', createdAt],
    ['portals.ends', expiresAt],
    ['portals.revoked', revokedAt],
  ] as const;
  return (
    <li className="row-card">
      <div className="row-main">
        <p className="row-title">{label}</p>
        <p className="row-meta">
          {props.about !== undefined && <span>{props.about}</span>}
          {times.map(
            ([name, at]) =>
              at !== null && (
                <span key={name}>
                  {t(name)} <Moment at={at} />
                </span>
              ),
          )}
        </p>
        {props.asked !== undefined && <p className="row-meta">{props.asked}</p>}
      </div>
      <div className="row-side">
        <KeyActions {...props} />
      </div>
    </li>
  );
}

function KeyActions({ of, path, under, mayReplace, onReplace, revocation }: Props) {
  const { t } = useTranslation();
  const own = stateOf(of);
  const state = own === 'active' && under !== undefined ? under : own;
  return (
    <>
      <StateBadge family="keyState" state={state} />
      {(state === 'active' || state === 'rests') && (
        <>
          <Button
            variant="default"
            fullWidth
            disabled={!mayReplace}
            aria-label={t('portals.replaceIt', { label: of.label })}
            onClick={onReplace}
          >
            {t('portals.replace')}
          </Button>
          <CommandPanel
            path={path}
            commands={['revoke']}
            formOf={() => null}
            consequenceOf={() => revocation}
            grave={['revoke']}
          />
        </>
      )}
    </>
  );
}

/** When something asked last; only the last thirty days are looked at. */
export function LastAsked({ at }: { readonly at: string | undefined }) {
  const { t } = useTranslation();
  if (at === undefined) return <>{t('portals.never')}</>;
  return (
    <>
      {t('portals.lastAsked')} <Moment at={at} />
    </>
  );
}
