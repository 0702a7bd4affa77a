import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { grantsQuery } from '../api/queries';
import type { Application } from '../api/applications';
import type { Grant } from '../api/grants';
import { Card } from '../parts/page';
import { speaksFor, useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { Day, daysUntil } from '../parts/time';
import { TextLink } from '../shell/link-button';
import { GrantTitle, titleOf } from './grant-title';

/** Days before its end from which the shipped workflow lets a grant be renewed. */
const SOON = '90';

/** The applicant's own grants whose period ends soon, each with the way to renew it. */
export function EndingSoon() {
  const { t } = useTranslation();
  const session = useSession();
  const applies = session.has('handler', 'signatory', 'citizen');
  const list = useQuery({ ...grantsQuery({ endingWithin: SOON, pageToken: undefined }), enabled: applies });
  const soon = (list.data?.items ?? []).filter((grant) => speaksFor(session.me, grant.organisation));
  if (!applies || soon.length === 0) return null;
  return (
    <Card title={t('endingSoon.title')} tone="accent">
      <ul className="rows">
        {soon.map((grant) => (
          <Row key={grant.id} grant={grant} mayBegin={session.has('handler', 'citizen')} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ grant, mayBegin }: { readonly grant: Grant; readonly mayBegin: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const renew = useCommand<Application>(({ id }) => navigate({ to: '/apply', search: { draft: id } }));
  const name = titleOf(grant);
  return (
    <li className="row-card">
      <div className="row-main">
        <GrantTitle grant={grant} />
        <p className="row-meta">
          <span>
            {t('endingSoon.until')} <Day at={grant.period.to} />
          </span>
          <span>{t('due.left', { count: daysUntil(grant.period.to) })}</span>
        </p>
        {renew.isError && <ProblemPanel error={renew.error} />}
      </div>
      <div className="row-side">
        {grant.following == null ? (
          mayBegin && (
            <Button
              size="compact-sm"
              loading={renew.isPending}
              aria-label={t('endingSoon.renew', { name })}
              onClick={() =>
                renew.mutate({ path: `/api/grants/${grant.id}/commands/renew`, body: {}, etag: grant.etag })
              }
            >
              {t('codes.command.renew')}
            </Button>
          )
        ) : (
          <TextLink to="/applications/$id" params={{ id: grant.following.application }}>
            {t(`endingSoon.${grant.following.kind}`)}
          </TextLink>
        )}
      </div>
    </li>
  );
}
