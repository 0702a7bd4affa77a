import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { type PackInForce, packsQuery, type PackVersion } from '../api/governance';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { Empty, ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { TextLink } from '../shell/link-button';

/** `columns/2` and the like, as rules name them. */
export const listNames = ({ newer }: PackInForce): string =>
  newer.map(({ part, version }) => `${part}/${version}`).join(', ');

/** A version that takes over the lists the product brings; the rules stay as they were published here. */
export function TakeLists({ pack }: { readonly pack: string }) {
  const query = useQuery(packsQuery());
  if (query.data === undefined) return <Waiting query={query} />;
  const inForce = query.data.items.find(({ id }) => id === pack);
  return inForce === undefined || inForce.newer.length === 0 ? <Nothing /> : <Written of={inForce} />;
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageTitle title={t('packs.title')} />
      <Empty title={t('takeLists.none')}>
        <TextLink to="/rule-packs">{t('packs.title')}</TextLink>
      </Empty>
    </div>
  );
}

function Written({ of }: { readonly of: PackInForce }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const write = useCommand<PackVersion>(({ id }) =>
    navigate({ to: '/rule-packs/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!write.isSuccess && isWritten(reason));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changes = Object.fromEntries(of.newer.map(({ part, version }) => [part, version]));
    write.mutate({ path: '/api/rule-packs', body: { pack: of.id, reason, changes } });
  };
  return (
    <div className="page">
      <PageTitle
        title={t('newPack.title', { pack: `${of.id}/${of.version + 1}` })}
        above={<TextLink to="/rule-packs">← {t('packs.title')}</TextLink>}
      >
        <p className="lead">{t('takeLists.text', { lists: listNames(of) })}</p>
      </PageTitle>
      <Card>
        <form className="stack" onSubmit={submit}>
          <Textarea
            label={t('command.reason')}
            required
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {write.isError && <ProblemPanel error={write.error} />}
          <Button type="submit" loading={write.isPending} disabled={reason.trim() === ''}>
            {t('newPack.give')}
          </Button>
        </form>
      </Card>
    </div>
  );
}
