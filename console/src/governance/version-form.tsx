import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { PackVersion } from '../api/governance';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { ReasonField } from '../parts/reason-field';
import { ProblemPanel } from '../parts/states';
import { TextLink } from '../shell/link-button';

interface Props {
  readonly pack: string;
  /** The number that it would have. */
  readonly number: number;
  readonly text: string;
  readonly button: string;
  /** Something was written into `children`. */
  readonly begun?: boolean;
  readonly ready?: boolean;
  readonly changes: () => object;
  readonly children?: ReactNode;
}

/** Writes a version of a pack: what it changes, given by `children`, and why; leads to the version. */
export function VersionForm({ pack, number, text, button, begun = false, ready = true, changes, children }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const write = useCommand<PackVersion>(({ id }) =>
    navigate({ to: '/rule-packs/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!write.isSuccess && (begun || isWritten(reason)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({ path: '/api/rule-packs', body: { pack, reason, changes: changes() } });
  };
  return (
    <div className="page">
      <PageTitle
        title={t('newPack.title', { pack: `${pack}/${number}` })}
        above={<TextLink to="/rule-packs">← {t('packs.title')}</TextLink>}
      >
        <p className="lead">{text}</p>
      </PageTitle>
      <Card>
        <form className="stack" onSubmit={submit}>
          {children}
          <ReasonField value={reason} onText={setReason} minRows={2} />
          {write.isError && <ProblemPanel error={write.error} />}
          <Button type="submit" loading={write.isPending} disabled={reason.trim() === '' || !ready}>
            {button}
          </Button>
        </form>
      </Card>
    </div>
  );
}
