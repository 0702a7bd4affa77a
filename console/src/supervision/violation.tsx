import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Violation, violationQuery } from '../api/supervision';
import { NoticesCard } from '../notices/notices-card';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, Facts, PageTitle } from '../parts/page';
import { SaidForm } from '../parts/said-form';
import { StateBadge } from '../parts/state-badge';
import { Day, Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { ImposeForm } from './impose-form';
import { SanctionCard } from './sanctions';

const route = getRouteApi('/violations/$id');

export function ViolationPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(violationQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Held violation={query.data} />;
}

function Held({ violation }: { readonly violation: Violation }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <div className="page">
      <PageTitle
        title={word('violationKind', violation.kind)}
        above={<TextLink to="/violations">← {t('violations.title')}</TextLink>}
      >
        <p className="badges">
          <StateBadge family="violationState" state={violation.state} />
          <span className="muted">{worded(violation.organisationName)}</span>
        </p>
        <p className="lead">{word('violationStateHelp', violation.state)}</p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          <Accusation violation={violation} />
          <Said violation={violation} />
          {violation.sanctions.map((sanction) => (
            <SanctionCard key={sanction.id} sanction={sanction} />
          ))}
          <NoticesCard about={{ violation: violation.id }} />
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Commands violation={violation} />
        </aside>
      </div>
    </div>
  );
}

function Accusation({ violation }: { readonly violation: Violation }) {
  const { t } = useTranslation();
  const { grant, dataset, cureBy } = violation;
  return (
    <Card title={t('violation.held')}>
      <p className="said prose">{violation.description}</p>
      <Facts
        rows={[
          [
            t('violation.about'),
            grant === null ? (
              t('violations.whole')
            ) : (
              <TextLink to="/grants/$id" params={{ id: grant }}>
                {t('grants.open')}
              </TextLink>
            ),
          ],
          [
            t('grant.dataset'),
            dataset === null ? null : <DatasetTitle id={dataset} title={worded(violation.datasetTitle) || dataset} />,
          ],
          [t('violation.reportedAt'), <Moment at={violation.reportedAt} />],
          [t('violation.hearingUntil'), <Day at={violation.hearingUntil} />],
          [t('violation.cureBy'), cureBy === null ? null : <Day at={cureBy} />],
          [
            t('violation.evidence'),
            violation.evidence
              .map(({ reference, issuer }) => [reference, issuer].filter(Boolean).join(', '))
              .join('; '),
          ],
        ]}
      />
    </Card>
  );
}

/** What the organisation said, and what was decided, in the order of time. */
function Said({ violation }: { readonly violation: Violation }) {
  const { t } = useTranslation();
  const word = useCodes();
  const told = [
    ...violation.replies.map(({ at, text }) => ({ at, what: t('violation.reply'), text })),
    ...violation.rulings.map(({ at, step, reason, byTime }) => ({
      at,
      what: word('step', step),
      text: byTime ? t('sanction.byTime') : reason,
    })),
  ].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  if (told.length === 0) return null;
  return (
    <Card title={t('violation.said')}>
      <ul className="rows">
        {told.map(({ at, what, text }, index) => (
          <li key={index}>
            <p className="row-meta">
              <strong>{what}</strong>
              <span>
                <Moment at={at} />
              </span>
            </p>
            <p className="said prose">{text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const reasonForm: DrawForm = (props) => <SaidForm {...props} name="reason" />;
const textForm: DrawForm = (props) => <SaidForm {...props} name="text" />;

function Commands({ violation }: { readonly violation: Violation }) {
  const { t } = useTranslation();
  const organisation = worded(violation.organisationName) || violation.organisation;
  const formOf = (name: string): DrawForm => {
    if (name === 'reply') return textForm;
    return name === 'impose' ? (props) => <ImposeForm {...props} violation={violation} /> : reasonForm;
  };
  const consequence: Readonly<Record<string, string>> = {
    reply: t('violation.replyConsequence'),
    dismiss: t('violation.dismissConsequence', { organisation }),
    impose: t('violation.imposeConsequence', { organisation }),
    'confirm-cure': t('violation.cureConsequence', { organisation }),
  };
  const commands = violation.allowedCommands;
  return (
    <Card title={t('application.actions')}>
      {commands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/violations/${violation.id}`}
        etag={violation.etag}
        commands={commands}
        formOf={formOf}
        consequenceOf={(name) => consequence[name] ?? null}
        main={['reply', 'impose']}
        grave={['dismiss']}
      />
    </Card>
  );
}
