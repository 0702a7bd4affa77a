import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KEY_KINDS, type KeyUse, makeKey, type NewPortalKey, type PortalKey, portalKeysQuery } from '../api/portals';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { faultsOf, useFaults } from '../parts/faults';
import { Card } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Loading, ProblemPanel } from '../parts/states';
import { textFields } from '../parts/text-fields';
import { Moment } from '../parts/time';
import { ShownOnce } from './shown-once';
import { LastAsked } from './portals';

interface Props {
  readonly portal: string;
  readonly isOff: boolean;
  /** When each key asked last; nothing while that was not read. */
  readonly uses: readonly KeyUse[] | undefined;
}

/** What a portal signs in with. One is replaced by making another one and revoking it when nothing asks with it any more. */
export function PortalKeys({ portal, isOff, uses }: Props) {
  const { t } = useTranslation();
  const keys = useQuery(portalKeysQuery(portal));
  const client = useQueryClient();
  const [made, setMade] = useState<NewPortalKey | null>(null);
  const make = useMutation({
    mutationFn: (body: object) => makeKey(portal, body),
    onSuccess: (one) => {
      setMade(one);
      void client.invalidateQueries();
    },
  });
  return (
    <Card title={t('portals.keys')}>
      <p className="muted">{t('portals.keysText')}</p>
      <div aria-live="polite">{made !== null && <ShownOnce key={made.id} made={made} />}</div>
      {keys.isPending && <Loading rows={2} />}
      {keys.isError && <ProblemPanel error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && <p>{t('portals.noKeys')}</p>}
      <ul className="rows">
        {keys.data?.items.map((one) => (
          <Key
            key={one.id}
            portal={portal}
            of={one}
            isOff={isOff}
            lastAskedAt={uses?.find(({ key }) => key === one.id)?.lastAskedAt}
            isRead={uses !== undefined}
            busy={make.isPending}
            onReplace={() => make.mutate({ kind: one.kind, label: one.label })}
          />
        ))}
      </ul>
      <NewKey key={made?.id} busy={make.isPending} error={make.error} onGive={(body) => make.mutate(body)} />
    </Card>
  );
}

const stateOf = ({ revokedAt, expiresAt }: PortalKey): 'active' | 'revoked' | 'expired' => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
};

interface Shown {
  readonly portal: string;
  readonly of: PortalKey;
  readonly isOff: boolean;
  readonly lastAskedAt: string | undefined;
  readonly isRead: boolean;
  readonly busy: boolean;
  readonly onReplace: () => void;
}

function Key(props: Shown) {
  const { t } = useTranslation();
  const word = useCodes();
  const { kind, label, createdAt, expiresAt, revokedAt } = props.of;
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
          <span>{word('keyKind', kind)}</span>
          {times.map(
            ([name, at]) =>
              at !== null && (
                <span key={name}>
                  {t(name)} <Moment at={at} />
                </span>
              ),
          )}
        </p>
        {props.isRead && (
          <p className="row-meta">
            <LastAsked at={props.lastAskedAt} />
          </p>
        )}
      </div>
      <div className="row-side">
        <KeyActions {...props} />
      </div>
    </li>
  );
}

function KeyActions({ portal, of, isOff, busy, onReplace }: Shown) {
  const { t } = useTranslation();
  const { id, label } = of;
  const state = stateOf(of);
  return (
    <>
      <StateBadge family="keyState" state={state} />
      {state === 'active' && (
        <>
          <Button
            variant="default"
            fullWidth
            disabled={busy || isOff}
            aria-label={t('portals.replaceIt', { label })}
            onClick={onReplace}
          >
            {t('portals.replace')}
          </Button>
          <CommandPanel
            path={`/api/portals/${portal}/keys/${id}`}
            commands={['revoke']}
            formOf={() => null}
            consequenceOf={() => t('portals.revocation', { label })}
            grave={['revoke']}
          />
        </>
      )}
    </>
  );
}

function NewKey(props: { readonly busy: boolean; readonly error: unknown; readonly onGive: (body: object) => void }) {
  const { t } = useTranslation();
  const word = useCodes();
  const [given, setGiven] = useState<{ kind: string; label: string; day: string }>({
    kind: KEY_KINDS[0],
    label: '',
    day: '',
  });
  const faultAt = useFaults(faultsOf(props.error));
  const field = textFields(given, faultAt, (change) => setGiven({ ...given, ...change }));
  const label = given.label.trim();
  return (
    <form
      className="command-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        // A day ends with itself, in Shanghai.
        const ends = given.day === '' ? {} : { expiresAt: `${given.day}T23:59:59.999+08:00` };
        props.onGive({ kind: given.kind, label, ...ends });
      }}
    >
      {props.error !== null && <ProblemPanel error={props.error} />}
      <TextInput label={t('portals.label')} required maxLength={128} {...field('label')} />
      <NativeSelect
        label={t('portals.kind')}
        description={t('portals.kindHelp')}
        data={KEY_KINDS.map((value) => ({ value, label: word('keyKind', value) }))}
        {...field('kind')}
      />
      <TextInput
        label={t('portals.lastDay')}
        description={t('portals.lastDayHelp')}
        type="date"
        {...field('day', 'expiresAt')}
      />
      <div className="row">
        <Button type="submit" loading={props.busy} disabled={label === ''}>
          {t('portals.make')}
        </Button>
      </div>
    </form>
  );
}
