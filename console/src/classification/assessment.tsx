import '../applications/applications.css';
import './classification.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assessmentQuery } from '../api/queries';
import type { Assessment } from '../api/types';
import { Verified } from '../dataset/why-this-tier';
import { CommandPanel } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, Facts, PageTitle, TableFrame } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { Worded, worded } from '../parts/wording';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { ArgumentForm, OverrideForm } from './decision-forms';

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
  const tierOf = (tier: typeof verdict.declared) => (tier == null ? null : <TierBadge tier={tier} />);
  return (
    <div className="page">
      <PageTitle title={title} above={<TextLink to="/classification">← {t('classification.title')}</TextLink>}>
        <p className="badges">
          <TierBadge tier={verdict.proposed ?? verdict.tier} large />
          <StateBadge family="assessmentState" state={assessment.state} />
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          <Rules assessment={assessment} />
          <Items assessment={assessment} />
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Decide assessment={assessment} />
          <Card title={t('assessment.verdict')}>
            <Facts
              rows={[
                [t('assessment.dataset'), <DatasetTitle id={assessment.dataset} title={title} />],
                [t('assessment.inForce'), tierOf(verdict.tier)],
                [t('assessment.proposed'), tierOf(verdict.proposed)],
                [t('assessment.declared'), tierOf(verdict.declared)],
                [t('assessment.floor'), tierOf(verdict.floor)],
                [
                  t('assessment.confidence'),
                  verdict.abstained ? t('assessment.abstained') : `${Math.round(verdict.confidence * 100)} %`,
                ],
                [t('assessment.at'), <Moment at={assessment.createdAt} />],
                [t('assessment.reason'), assessment.decision?.reason],
                [t('assessment.replay'), <span className="hash mono">{assessment.replayHash}</span>],
              ]}
            />
          </Card>
        </aside>
      </div>
      {assessment.issues.length > 0 && (
        <Card title={t('assessment.issues')}>
          <ul className="bullets">
            {assessment.issues.map((issue, at) => (
              <li key={at}>
                <Worded text={issue.text} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function Rules({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  return (
    <Card title={t('assessment.rules')} tone="accent">
      {assessment.rules.length === 0 && <p className="muted">{t('why.none')}</p>}
      <ol className="reasons">
        {assessment.rules.map((rule) => (
          <li key={rule.id}>
            <p className="reason-text">
              <Worded text={rule.text} />
            </p>
            <p className="reason-source">
              <Verified verified={rule.verified} />
              <span>
                <Worded text={rule.source} />
              </span>
              <code>
                {rule.pack}/{rule.version} {rule.id}
              </code>
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Items({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  if (assessment.items.length === 0) return null;
  return (
    <Card title={t('dataset.items')}>
      <TableFrame label={t('dataset.items')}>
        <thead>
          <tr>
            <th scope="col">{t('dataset.itemName')}</th>
            <th scope="col">{t('dataset.itemTier')}</th>
            <th scope="col">{t('assessment.findings')}</th>
          </tr>
        </thead>
        <tbody>
          {assessment.items.map((item) => (
            <tr key={item.name}>
              <td className="mono">{item.name}</td>
              <td>
                <TierBadge tier={item.tier} />
              </td>
              <td>
                {item.findings
                  .map((one) => `${one.type} ${Math.round(one.matchedFraction * 100)} % (n = ${one.sampleSize})`)
                  .join(' · ') || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </Card>
  );
}

function Decide({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const commands = assessment.allowedCommands;
  const proposed = assessment.verdict.proposed ?? assessment.verdict.tier;
  return (
    <Card title={t('application.actions')}>
      {commands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/assessments/${assessment.id}`}
        etag={assessment.etag}
        commands={commands}
        formOf={(name) => (props) =>
          name === 'override' ? <OverrideForm {...props} proposed={proposed} /> : <ArgumentForm {...props} />
        }
        main={['confirm']}
      />
    </Card>
  );
}
