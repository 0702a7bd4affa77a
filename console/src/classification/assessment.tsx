import '../applications/applications.css';
import './classification.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assessmentQuery } from '../api/queries';
import type { Assessment, Verdict } from '../api/assessments';
import { TIERS, type Tier } from '../api/types';
import { Going } from '../evidence/going';
import { ImpactPreview } from '../governance/impact';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, Facts, PageTitle } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { AssessmentParts } from './assessment-parts';
import { ArgumentForm, OverrideForm } from './decision-forms';
import { WhoSaid } from './who-said';

const route = getRouteApi('/classification/$id');

export function AssessmentPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(assessmentQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Evidence assessment={query.data} />;
}

function Evidence({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const title = worded(assessment.datasetTitle) || assessment.dataset;
  const { verdict } = assessment;
  const ofVerdict = useVerdictRows(verdict);
  const objection = assessment.proposal?.objection ?? null;
  return (
    <div className="page">
      <PageTitle title={title} above={<TextLink to="/classification">← {t('classification.title')}</TextLink>}>
        <p className="badges">
          {verdict !== null && <TierBadge tier={verdict.proposed ?? verdict.tier} large />}
          <StateBadge family="assessmentState" state={assessment.state} />
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          {verdict === null ? <ToCome assessment={assessment} /> : <AssessmentParts assessment={assessment} />}
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Decide assessment={assessment} />
          <WhoSaid assessment={assessment} />
          <Card title={t('assessment.verdict')}>
            <Facts
              rows={[
                [t('assessment.dataset'), <DatasetTitle id={assessment.dataset} title={title} />],
                ...ofVerdict,
                [t('assessment.at'), <Moment at={assessment.createdAt} />],
                [t('objections.ofAssessment'), objection === null ? null : <ToObjection id={objection} />],
                [
                  t('assessment.replay'),
                  verdict === null ? null : <span className="hash mono">{assessment.replayHash}</span>,
                ],
              ]}
            />
            <p>
              <TextLink to="/datasets/$id/evidence" params={{ id: assessment.dataset }}>
                {t('evidence.all')}
              </TextLink>
            </p>
          </Card>
        </aside>
      </div>
    </div>
  );
}

function ToObjection({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <TextLink to="/objections/$id" params={{ id }}>
      {t('objections.seen', { count: 1 })}
    </TextLink>
  );
}

function useVerdictRows(verdict: Verdict | null): readonly (readonly [string, ReactNode])[] {
  const { t } = useTranslation();
  if (verdict === null) return [];
  const tierOf = (tier: Tier | null | undefined) => (tier == null ? null : <TierBadge tier={tier} />);
  const confidence = verdict.abstained ? t('assessment.abstained') : `${Math.round(verdict.confidence * 100)} %`;
  return [
    [t('assessment.inForce'), tierOf(verdict.tier)],
    [t('assessment.proposed'), tierOf(verdict.proposed)],
    [t('assessment.declared'), tierOf(verdict.declared)],
    [t('assessment.floor'), tierOf(verdict.floor)],
    [t('assessment.confidence'), confidence],
  ];
}

/** A file on its way to an assessment, or why it came to none. */
function ToCome({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { state, progress, failure } = assessment;
  return (
    <Card title={t('evidence.content')} tone={state === 'running' ? 'accent' : 'stop'}>
      {state === 'running' && (
        <Going label={word('samplePhase', progress?.phase ?? 'reading')} share={progress?.share ?? null} />
      )}
      {state === 'cancelled' && <p>{t('evidence.cancelled')}</p>}
      {failure !== null && (
        <div className="problem" role="alert">
          <div className="problem-title">{word('sampleFailure', failure.code)}</div>
          <p className="problem-remedy">{failure.remedy}</p>
          <div className="problem-foot">
            <span>{failure.code}</span>
          </div>
        </div>
      )}
      {state !== 'running' && <p className="muted">{t('evidence.deleted')}</p>}
    </Card>
  );
}

/** What an officer has to say to confirm a milder tier, where its proposer has not said it. */
function unsaidOf({ verdict, proposal }: Assessment): { readonly required: boolean; readonly needsBasis: boolean } {
  const strict = (tier: Tier | null | undefined) => (tier == null ? -1 : TIERS.indexOf(tier));
  const lowers = verdict?.proposed != null && strict(verdict.proposed) < strict(verdict.tier);
  return { required: lowers && !proposal?.reason, needsBasis: lowers && !proposal?.legalBasis };
}

function Decide({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const commands = assessment.allowedCommands;
  const proposed = assessment.verdict?.proposed ?? assessment.verdict?.tier ?? 'restricted';
  return (
    <Card title={t('application.actions')}>
      {commands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/assessments/${assessment.id}`}
        etag={assessment.etag}
        commands={commands}
        formOf={(name) => {
          if (name === 'cancel') return null;
          return (props) =>
            name === 'override' ? (
              <OverrideForm {...props} proposed={proposed} dataset={assessment.dataset} />
            ) : (
              <ArgumentForm {...props} {...(name === 'confirm' ? unsaidOf(assessment) : {})}>
                {name === 'confirm' && <ImpactPreview dataset={assessment.dataset} tier={proposed} />}
                {name === 'confirm' && <Milder items={assessment.milder} />}
              </ArgumentForm>
            );
        }}
        main={['confirm']}
      />
    </Card>
  );
}

/** Which items the tier of the whole leaves to be asked for alone. */
function Milder({ items }: { readonly items: Assessment['milder'] }) {
  const { t } = useTranslation();
  if (items === undefined) return null;
  const { open } = items;
  const granted = items.conditional.filter((name) => !open.includes(name));
  return (
    <div data-milder>
      {open.length > 0 && <p>{t('assessment.openAlone', { items: open.join(', ') })}</p>}
      {granted.length > 0 && <p>{t('assessment.grantedAlone', { items: granted.join(', ') })}</p>}
    </div>
  );
}
