import '../applications/applications.css';
import { Button, Radio, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { Dataset } from '../api/datasets';
import { type Tier, TIERS } from '../api/types';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { OfDataset } from '../parts/of-dataset';
import { Card, PageTitle } from '../parts/page';
import { ReasonField } from '../parts/reason-field';
import { ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { ImpactPreview } from './impact';

const route = getRouteApi('/datasets/$id/tier');

export function ChangeTier() {
  const { id } = route.useParams();
  return (
    <SignedIn>
      <OfDataset id={id}>{(dataset) => <Proposal dataset={dataset} />}</OfDataset>
    </SignedIn>
  );
}

const isRaise = (from: Tier, to: Tier): boolean => TIERS.indexOf(to) > TIERS.indexOf(from);

/** Proposing a tier: what it would do to whom stands before the button. A raise acts at once, a lowering waits. */
function Proposal({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const [tier, setTier] = useState<Tier | ''>('');
  const [reason, setReason] = useState('');
  const [legalBasis, setLegalBasis] = useState('');
  const [evidence, setEvidence] = useState('');
  const propose = useCommand<{ readonly id: string }>(({ id }) =>
    navigate({ to: '/classification/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!propose.isSuccess && isWritten(reason, legalBasis, evidence));
  const faultAt = useFaults(faultsOf(propose.error));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = Object.fromEntries(
      Object.entries({ reason, legalBasis, evidence }).filter(([, text]) => text.trim() !== ''),
    );
    propose.mutate({
      path: `/api/datasets/${dataset.id}/commands/propose-tier`,
      body: { tier, ...said },
      etag: dataset.etag,
    });
  };
  const raise = tier !== '' && isRaise(dataset.tier, tier);
  return (
    <div className="page narrow">
      <PageTitle
        title={t('changeTier.title')}
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
          <Radio.Group label={t('changeTier.tier')} value={tier} onChange={(value) => setTier(value as Tier)} required>
            <div className="choices">
              {TIERS.filter((one) => one !== dataset.tier).map((one) => (
                <Radio key={one} value={one} label={word('tier', one)} />
              ))}
            </div>
          </Radio.Group>
          <ImpactPreview dataset={dataset.id} tier={tier} />
          {tier !== '' && <p className="note note-wait">{t(raise ? 'changeTier.atOnce' : 'changeTier.waits')}</p>}
          <ReasonField value={reason} onText={setReason} faultAt={faultAt} required={false} />
          <TextInput
            label={t('override.legalBasis')}
            description={t('override.legalBasisHelp')}
            value={legalBasis}
            error={faultAt('/legalBasis')}
            onChange={(event) => setLegalBasis(event.currentTarget.value)}
          />
          <TextInput
            label={t('override.evidence')}
            description={t('override.evidenceHelp')}
            value={evidence}
            error={faultAt('/evidence')}
            onChange={(event) => setEvidence(event.currentTarget.value)}
          />
          {propose.isError && <ProblemPanel error={propose.error} />}
          <Button
            type="submit"
            disabled={tier === ''}
            loading={propose.isPending}
            className={raise ? 'grave-filled' : undefined}
          >
            {tier === '' ? t('changeTier.choose') : t('changeTier.give', { tier: word('tier', tier) })}
          </Button>
        </form>
      </Card>
    </div>
  );
}
