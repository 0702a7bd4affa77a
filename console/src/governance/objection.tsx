import '../applications/applications.css';
import { Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Objection, objectionQuery } from '../api/objections';
import { type Tier, TIERS } from '../api/types';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm, type FormProps } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, Facts, PageTitle } from '../parts/page';
import { ReasonField } from '../parts/reason-field';
import { SaidForm } from '../parts/said-form';
import { StateBadge } from '../parts/state-badge';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { ImpactPreview } from './impact';

const route = getRouteApi('/objections/$id');

export function ObjectionPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(objectionQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Said objection={query.data} />;
}

/** What was said against a tier, and what became of it. */
function Said({ objection }: { readonly objection: Objection }) {
  const { t } = useTranslation();
  const word = useCodes();
  const title = worded(objection.datasetTitle) || objection.dataset;
  const objector = objection.objector === null ? t('objections.person') : worded(objection.objector.name);
  return (
    <div className="page">
      <PageTitle title={title} above={<TextLink to="/objections">← {t('objections.title')}</TextLink>}>
        <p className="badges">
          <TierBadge tier={objection.objectedTier} />
          <span aria-hidden="true">→</span>
          <TierBadge tier={objection.tier} />
          <StateBadge family="objectionState" state={objection.state} />
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          <Card title={t('objections.why')} tone="accent">
            <p className="said prose">{objection.reason}</p>
            {objection.evidence !== null && (
              <>
                <h3>{t('objections.evidence')}</h3>
                <p className="said prose">{objection.evidence}</p>
              </>
            )}
          </Card>
          {objection.decision !== null && <Decision objection={objection} />}
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Decide objection={objection} />
          <Card title={t('objections.title')}>
            <Facts
              rows={[
                [t('assessment.dataset'), <DatasetTitle id={objection.dataset} title={title} />],
                [
                  t('assessment.inForce'),
                  objection.tierInForce === null ? null : <TierBadge tier={objection.tierInForce} />,
                ],
                [
                  word('objectionStanding', objection.standing),
                  objection.right === null ? objector : `${objector} · ${word('claimedRight', objection.right)}`,
                ],
                [t('objections.legalBasis'), objection.legalBasis],
                [t('assessment.at'), <Moment at={objection.filedAt} />],
              ]}
            />
          </Card>
        </aside>
      </div>
    </div>
  );
}

function Decision({ objection: { state, decision } }: { readonly objection: Objection }) {
  const { t } = useTranslation();
  if (decision === null) return null;
  return (
    <Card title={t('objections.reply')} tone={state === 'upheld' ? 'good' : 'stop'}>
      {decision.reason !== null && <p className="said prose">{decision.reason}</p>}
      <Facts
        rows={[
          [t('assessment.proposed'), decision.tier === null ? null : <TierBadge tier={decision.tier} />],
          [t('objections.legalBasis'), decision.legalBasis],
          [t('objections.decided'), <Moment at={decision.at} />],
        ]}
      />
      {state === 'upheld' && decision.tier === null && <p className="muted">{t('objections.already')}</p>}
      {decision.assessment !== null && (
        <p>
          <TextLink to="/classification/$id" params={{ id: decision.assessment }}>
            {t('objections.proposal')}
          </TextLink>
        </p>
      )}
    </Card>
  );
}

function Decide({ objection }: { readonly objection: Objection }) {
  const { t } = useTranslation();
  const commands = objection.allowedCommands;
  const formOf =
    (name: string): DrawForm =>
    (props) =>
      name === 'uphold' ? (
        <Uphold {...props} objection={objection} />
      ) : (
        <SaidForm {...props} name="reason" optional={name === 'withdraw'} />
      );
  const consequences: Readonly<Record<string, string>> = {
    uphold: t('objections.upholdConsequence'),
    reject: t('objections.rejectConsequence'),
    withdraw: t('objections.withdrawConsequence'),
  };
  return (
    <Card title={t('application.actions')}>
      {commands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/objections/${objection.id}`}
        etag={objection.etag}
        commands={commands}
        formOf={formOf}
        consequenceOf={(name) => consequences[name] ?? null}
        main={['uphold']}
        grave={['reject', 'withdraw']}
      />
    </Card>
  );
}

/** The tier that was asked for, or one on the way to it; what it would do to whom stands before the button. */
function Uphold({ objection, onBody, faultAt }: FormProps & { readonly objection: Objection }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { tierInForce, tier: wanted } = objection;
  const [tier, setTier] = useState<Tier>(wanted);
  const [reason, setReason] = useState('');
  const [legalBasis, setLegalBasis] = useState(objection.legalBasis ?? '');
  useEffect(() => {
    const basis = legalBasis.trim() === '' ? {} : { legalBasis: legalBasis.trim() };
    onBody(reason.trim() === '' ? null : { tier, reason: reason.trim(), ...basis });
  }, [tier, reason, legalBasis, onBody]);
  return (
    <>
      <Radio.Group label={t('objections.tierGiven')} value={tier} onChange={(value) => setTier(value as Tier)} required>
        <div className="choices">
          {TIERS.filter((one) => one === wanted || isOnTheWay(one, tierInForce, wanted)).map((one) => (
            <Radio key={one} value={one} label={word('tier', one)} />
          ))}
        </div>
      </Radio.Group>
      {tier !== tierInForce && <ImpactPreview dataset={objection.dataset} tier={tier} />}
      <ReasonField value={reason} onText={setReason} faultAt={faultAt} />
      <TextInput
        label={t('override.legalBasis')}
        description={t('override.legalBasisHelp')}
        value={legalBasis}
        error={faultAt('/legalBasis')}
        onChange={(event) => setLegalBasis(event.currentTarget.value)}
      />
    </>
  );
}

const isOnTheWay = (tier: Tier, from: Tier | null, to: Tier): boolean => {
  if (from === null) return false;
  const [at, start, end] = [tier, from, to].map((one) => TIERS.indexOf(one)) as [number, number, number];
  return start < end ? start < at && at < end : end < at && at < start;
};
