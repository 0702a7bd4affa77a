import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { grantKeysQuery, type GrantKey, makeGrantKey, type NewGrantKey } from '../api/grant-keys';
import { ApiProblem } from '../api/problem';
import type { Grant } from '../api/grants';
import { useCodes } from '../parts/codes';
import { KeyForm } from '../parts/key-form';
import { KeyRow, LastAsked } from '../parts/key-row';
import { Card } from '../parts/page';
import { ShownOnce } from '../parts/shown-once';
import { Loading, ProblemPanel } from '../parts/states';

const isNotKept = (error: unknown): boolean => error instanceof ApiProblem && error.status === 403;

/**
 * With what the machines of whoever holds the grant ask for it. A key is replaced by making another one and revoking it
 * when nothing asks with it any more. Under a grant that serves nothing any more, the keys there were are still told.
 */
export function GrantKeys({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  const word = useCodes();
  const keys = useQuery(grantKeysQuery(grant.id));
  const client = useQueryClient();
  const [made, setMade] = useState<NewGrantKey | null>(null);
  const make = useMutation({
    mutationFn: (body: object) => makeGrantKey(grant.id, body),
    onSuccess: (one) => {
      setMade(one);
      void client.invalidateQueries();
    },
  });
  const mayMake = keys.data?.mayMake === true;
  const isServed = (grant.links ?? []).length > 0;
  const hadKeys = (keys.data?.items ?? []).length > 0;
  if (isNotKept(keys.error) || (!isServed && !hadKeys)) return null;
  return (
    <Card title={t('grant.keys')} id="keys">
      <p className="muted">{t('grant.keysText')}</p>
      <div aria-live="polite">
        {made !== null && (
          <ShownOnce key={made.id} made={made} kind={word('keyKind', 'grant-key')} text={t('grant.sendKey')} />
        )}
      </div>
      {keys.isPending && <Loading rows={2} />}
      {keys.isError && <ProblemPanel error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && <p>{t('grant.noKeys')}</p>}
      <ul className="rows">
        {keys.data?.items.map((one) => (
          <KeyRow
            key={one.id}
            of={one}
            about={one.person === null ? undefined : t('grant.keyOfPerson')}
            asked={<Asked of={one} />}
            path={`/api/grants/${grant.id}/keys/${one.id}`}
            {...(grant.inForce !== 'yes' && { under: grant.inForce === 'ended' ? 'ended' : 'rests' })}
            mayReplace={mayMake && !make.isPending}
            onReplace={() => make.mutate(likeOf(one))}
            revocation={t('grant.keyRevocation', { label: one.label })}
          />
        ))}
      </ul>
      {mayMake ? (
        <KeyForm
          key={made?.id}
          dayHelp={t('grant.keyLastDayHelp')}
          busy={make.isPending}
          error={make.error}
          onGive={(body) => make.mutate(body)}
        />
      ) : (
        keys.data !== undefined && <p className="muted">{t('grant.noMoreKeys')}</p>
      )}
    </Card>
  );
}

/** What follows a key: called the same, and good for no longer. */
const likeOf = ({ label, expiresAt }: GrantKey) => ({ label, ...(expiresAt !== null && { expiresAt }) });

function Asked({ of }: { readonly of: GrantKey }) {
  const { t } = useTranslation();
  const { lastAskedAt, permitted, denied } = of;
  return (
    <>
      <LastAsked at={lastAskedAt ?? undefined} />
      {lastAskedAt !== null && ` · ${t('grant.keyUse', { permitted, denied })}`}
    </>
  );
}
