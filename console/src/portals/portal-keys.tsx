import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KEY_KINDS, type KeyUse, makeKey, type NewPortalKey, portalKeysQuery } from '../api/portals';
import { useCodes } from '../parts/codes';
import { KeyForm } from '../parts/key-form';
import { KeyRow, LastAsked } from '../parts/key-row';
import { Card } from '../parts/page';
import { ShownOnce } from '../parts/shown-once';
import { Loading, ProblemPanel } from '../parts/states';

interface Props {
  readonly portal: string;
  readonly isOff: boolean;
  /** When each key asked last; nothing while that was not read. */
  readonly uses: readonly KeyUse[] | undefined;
}

/** What a portal signs in with. One is replaced by making another one and revoking it when nothing asks with it any more. */
export function PortalKeys({ portal, isOff, uses }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
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
      <div aria-live="polite">
        {made !== null && (
          <ShownOnce
            key={made.id}
            made={made}
            kind={word('keyKind', made.kind)}
            text={t(made.kind === 'api-key' ? 'portals.sendKey' : 'portals.sendSecret')}
          />
        )}
      </div>
      {keys.isPending && <Loading rows={2} />}
      {keys.isError && <ProblemPanel error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && <p>{t('portals.noKeys')}</p>}
      <ul className="rows">
        {keys.data?.items.map((one) => (
          <KeyRow
            key={one.id}
            of={one}
            about={word('keyKind', one.kind)}
            asked={uses && <LastAsked at={uses.find(({ key }) => key === one.id)?.lastAskedAt} />}
            path={`/api/portals/${portal}/keys/${one.id}`}
            mayReplace={!make.isPending && !isOff}
            onReplace={() => make.mutate({ kind: one.kind, label: one.label })}
            revocation={t('portals.revocation', { label: one.label })}
          />
        ))}
      </ul>
      <KeyForm
        key={made?.id}
        kinds={KEY_KINDS}
        dayHelp={t('portals.lastDayHelp')}
        busy={make.isPending}
        error={make.error}
        onGive={(body) => make.mutate(body)}
      />
    </Card>
  );
}
