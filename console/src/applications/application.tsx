import './applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { applicationQuery } from '../api/queries';
import type { Application } from '../api/applications';
import { CaseFusionCard } from '../fusion/case-card';
import { NoticesCard } from '../notices/notices-card';
import { useCodes } from '../parts/codes';
import { Card, PageTitle } from '../parts/page';
import { SaveAs } from '../parts/save-as';
import { speaksFor, useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { worded } from '../parts/wording';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { LinkButton, TextLink } from '../shell/link-button';
import { SimilarCasesCard } from '../similar/similar-cases-card';
import { Actions } from './actions';
import { ChangesSent } from './changes-sent';
import { Deadlines } from './deadlines';
import { History } from './history';
import { Defects, Grants, Receipt, Refusal } from './outcome';
import { openOf, Questions } from './questions';
import { Proceedings } from './proceedings';
import { Request } from './request';
import { Steps } from './steps';
import { Warnings } from './warnings';

const route = getRouteApi('/applications/$id');

export function ApplicationPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(applicationQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Case application={query.data} />;
}

/** States that a request between public bodies explains in words of its own. */
const SHARING_STATES = new Set(['in-review/holder', 'approved', 'partly-approved', 'concluded']);

/** The key of the words that explain a state; a stage has its own. */
function stateKey({ state, stage, kind }: Application): string {
  const key = stage === null ? state : `${state}/${stage}`;
  return kind === 'sharing' && SHARING_STATES.has(key) ? `sharing/${key}` : key;
}

/** What the state means; while the holder has yet to sign, that. */
function StateInWords({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { agreement } = application;
  if (agreement?.awaitsHolder !== true)
    return <p className="lead">{word('applicationStateHelp', stateKey(application))}</p>;
  return (
    <p className="lead" data-awaits="holder">
      {t(agreement.accepted?.document === undefined ? 'agreement.atHolder' : 'agreement.sealedAtHolder')}
    </p>
  );
}

function Case({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { me } = useSession();
  const own = speaksFor(me, application.applicant.id);
  const titles = application.datasets.map((one) => worded(one.title) || one.dataset);
  return (
    <div className="page">
      <PageTitle
        title={
          titles.length > 1
            ? t('applications.several', { title: titles[0] ?? '', count: titles.length })
            : (titles[0] ?? '')
        }
        above={<Back />}
        side={
          application.editable ? (
            <LinkButton to="/apply" search={{ draft: application.id }} variant="default">
              {t('application.edit')}
            </LinkButton>
          ) : undefined
        }
      >
        <p className="badges">
          <StateBadge family="applicationState" state={application.state} />
          {application.kind === 'sharing' && <span className="chip">{t('sharing.kind.sharing')}</span>}
          <span className="mono">{application.number ?? t('applications.noNumber')}</span>
          <span className="muted">
            {worded(application.applicant.name)} → {worded(application.holder.name)}
          </span>
          {!own && <span className="chip">{word('applicantKind', application.applicant.kind)}</span>}
        </p>
        <StateInWords application={application} />
        {application.succeeds !== null && (
          <p>
            <TextLink to="/grants/$id" params={{ id: application.succeeds.grant }}>
              {t(`application.${application.succeeds.kind}`)}
            </TextLink>
          </p>
        )}
      </PageTitle>
      <Steps application={application} />
      <div className="with-aside">
        <div className="stack">
          <Questions questions={application.questions} />
          {own && <Receipt application={application} />}
          <Refusal application={application} />
          <Proceedings application={application} />
          <Defects application={application} />
          {application.editable && <Warnings warnings={application.warnings} />}
          <Grants application={application} />
          <ChangesSent application={application} />
          <Request application={application} />
          {!own && <CaseFusionCard application={application.id} />}
          {!own && <SimilarCasesCard application={application.id} />}
          {application.number !== null && <NoticesCard about={{ application: application.id }} />}
          <History history={application.history} />
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Turn application={application} own={own} />
          <Actions application={application} />
          <Deadlines deadlines={application.deadlines} />
          <TakeAlong id={application.id} number={application.number} />
        </aside>
      </div>
    </div>
  );
}

/** Back to where this person's cases stand: the queue of who handles them, the list of everyone else. */
function Back() {
  const { t } = useTranslation();
  const session = useSession();
  return session.has('reviewer', 'approver') ? (
    <TextLink to="/queue">← {t('queue.title')}</TextLink>
  ) : (
    <TextLink to="/applications">← {t('applications.title')}</TextLink>
  );
}

/** The case as this reader sees it, to keep. */
function TakeAlong({ id, number }: Pick<Application, 'id' | 'number'>) {
  const { t } = useTranslation();
  const files = (['pdf', 'csv', 'json'] as const).map((form) => ({
    path: `/api/applications/${id}/case.${form}`,
    name: `${number ?? id}.${form}`,
    label: t('export.as', { form: form.toUpperCase() }),
  }));
  return (
    <Card title={t('export.case')}>
      <p className="muted">{t('export.caseText')}</p>
      <SaveAs files={files} />
    </Card>
  );
}

function Turn({ application, own }: { readonly application: Application; readonly own: boolean }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { waitingFor, assignee } = application;
  return (
    <Card title={t('application.ball')} tone="accent">
      {waitingFor === null ? (
        <p className="muted">{t('application.nobody')}</p>
      ) : (
        <p className="ball">
          <strong>{word('role', waitingFor.role)}</strong>
          <span>{worded(waitingFor.organisation.name)}</span>
        </p>
      )}
      {openOf(application.questions).map(({ number, text }) => (
        <div key={number} className="note note-wait">
          <a href="#questions">{t(own ? 'question.owed' : 'question.awaited')}</a>
          <p className="said question-text">{text}</p>
        </div>
      ))}
      {assignee != null && <p className="muted">{t('application.assignee', { name: worded(assignee.name) })}</p>}
    </Card>
  );
}
