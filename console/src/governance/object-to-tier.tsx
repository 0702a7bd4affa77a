import '../applications/applications.css';
import { Button, Radio, Select, Textarea, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { CLAIMED_RIGHTS, type Objection } from '../api/objections';
import type { Dataset } from '../api/datasets';
import { type Tier, TIERS } from '../api/types';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { OfDataset } from '../parts/of-dataset';
import { Card, PageTitle } from '../parts/page';
import { ReasonField } from '../parts/reason-field';
import { useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/datasets/$id/objection');

export function ObjectToTier() {
  const { id } = route.useParams();
  return (
    <SignedIn>
      <OfDataset id={id}>{(dataset) => <Filing dataset={dataset} />}</OfDataset>
    </SignedIn>
  );
}

const filled = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** Saying what is wrong with a tier: which one is held right, and why. */
function Filing({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const [tier, setTier] = useState<Tier | ''>('');
  const [right, setRight] = useState('');
  const [reason, setReason] = useState('');
  const [legalBasis, setLegalBasis] = useState('');
  const [evidence, setEvidence] = useState('');
  const isPublisher = useSession().has('steward');
  const file = useCommand<Objection>(({ id }) =>
    navigate({ to: '/objections/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!file.isSuccess && isWritten(reason, legalBasis, evidence));
  const faultAt = useFaults(faultsOf(file.error));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { about: 'tier', dataset: dataset.id, tier, reason, ...filled({ right, legalBasis, evidence }) };
    file.mutate({ path: '/api/objections', body });
  };
  return (
    <div className="page narrow">
      <PageTitle
        title={t('objections.file')}
        above={
          <TextLink to="/datasets/$id" params={{ id: dataset.id }}>
            ← {worded(dataset.title)}
          </TextLink>
        }
      >
        <p className="badges">
          <TierBadge tier={dataset.tier} large />
        </p>
      </PageTitle>
      <Card>
        <form className="stack" onSubmit={submit}>
          <p className="note note-wait">{t('objections.fileText')}</p>
          <Radio.Group
            label={t('objections.wanted')}
            value={tier}
            onChange={(value) => setTier(value as Tier)}
            required
          >
            <div className="choices">
              {TIERS.filter((one) => one !== dataset.tier).map((one) => (
                <Radio key={one} value={one} label={word('tier', one)} />
              ))}
            </div>
          </Radio.Group>
          {!isPublisher && (
            <Select
              label={t('objections.right')}
              description={t('objections.rightHelp')}
              data={[
                { value: '', label: t('objections.noRight') },
                ...CLAIMED_RIGHTS.map((one) => ({ value: one, label: word('claimedRight', one) })),
              ]}
              value={right}
              allowDeselect={false}
              onChange={(value) => setRight(value ?? '')}
            />
          )}
          <ReasonField
            label={t('objections.why')}
            minRows={4}
            maxLength={2000}
            value={reason}
            onText={setReason}
            faultAt={faultAt}
          />
          <TextInput
            label={t('objections.legalBasis')}
            description={t('objections.legalBasisHelp')}
            maxLength={500}
            value={legalBasis}
            error={faultAt('/legalBasis')}
            onChange={(event) => setLegalBasis(event.currentTarget.value)}
          />
          <Textarea
            label={t('objections.evidence')}
            description={t('objections.evidenceHelp')}
            autosize
            minRows={2}
            maxLength={2000}
            value={evidence}
            error={faultAt('/evidence')}
            onChange={(event) => setEvidence(event.currentTarget.value)}
          />
          {file.isError && <ProblemPanel error={file.error} />}
          <Button type="submit" disabled={tier === '' || reason.trim() === ''} loading={file.isPending}>
            {t('objections.give')}
          </Button>
        </form>
      </Card>
    </div>
  );
}
