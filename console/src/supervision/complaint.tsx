import '../applications/applications.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Complaint, complaintQuery } from '../api/complaints';
import { download } from '../api/download';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { ItemNames } from '../parts/item-names';
import { Card, Facts, PageTitle } from '../parts/page';
import { SaidForm } from '../parts/said-form';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { ProblemPanel } from '../parts/states';
import { Day, Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';
import { AnswerForm, RuleForm, VerifyForm } from './complaint-forms';

const route = getRouteApi('/complaints/$id');

export function ComplaintPage() {
  const { id } = route.useParams();
  const query = useQuery(complaintQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Filed complaint={query.data} />;
}

function Filed({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { fault, right } = complaint;
  const isSignedIn = useSession().state === 'signed-in';
  return (
    <div className="page">
      <PageTitle
        title={fault === null ? word('complaintRight', right) : word('qualityFault', fault)}
        above={<TextLink to="/complaints">← {t('complaints.title')}</TextLink>}
      >
        <p className="badges">
          <span className="mono">{complaint.number}</span>
          <StateBadge family="complaintState" state={complaint.state} />
          {complaint.rests && <span className="chip chip-warn">{t('complaints.rests')}</span>}
        </p>
        <p className="lead">{word('complaintStateHelp', `${complaint.about}/${complaint.state}`)}</p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          <What complaint={complaint} />
          <Course complaint={complaint} />
        </div>
        {isSignedIn && (
          <aside className="stack" aria-label={t('application.aside')}>
            <Commands complaint={complaint} />
          </aside>
        )}
      </div>
    </div>
  );
}

function What({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation();
  const { reason, evidence, dataset, items, deadline, complainant } = complaint;
  return (
    <Card title={t(`complaints.${complaint.about}`)}>
      {reason !== null && <p className="said prose">{reason}</p>}
      <Facts
        rows={[
          [t('grant.dataset'), <DatasetTitle id={dataset} title={worded(complaint.datasetTitle) || dataset} />],
          [t('grant.items'), <ItemNames dataset={dataset} items={items} />],
          [t('demand.holder'), worded(complaint.holderName) || complaint.holder],
          [t('complaint.filedAt'), <Moment at={complaint.filedAt} />],
          [
            t('complaint.due'),
            deadline === null ? null : (
              <>
                <Day at={deadline.due} />{' '}
                <small className="muted">
                  {t('demand.days', { count: deadline.workingDays })}
                  {!deadline.verified && ` · ${t('demand.unverified')}`}
                </small>
              </>
            ),
          ],
          [t('wrong.evidence'), evidence],
          [t('complaint.by'), complainant === null ? null : worded(complainant.organisationName)],
          [t('wrong.onBehalfOf'), complainant?.onBehalfOf ?? null],
        ]}
      />
      <Files complaint={complaint} />
    </Card>
  );
}

function Files({ complaint }: { readonly complaint: Complaint }) {
  const [error, setError] = useState<unknown>(null);
  if (complaint.attachments.length === 0) return null;
  return (
    <>
      <ul className="bullets">
        {complaint.attachments.map(({ id, name, href }) => (
          <li key={id}>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                setError(null);
                download(href, name).catch(setError);
              }}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && <ProblemPanel error={error} />}
    </>
  );
}

/** What was done with it, in the order of time. */
function Course({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { lift, verification, answer, treatment, reopened, release } = complaint;
  const steps = [
    lift && { at: lift.at, what: t('complaint.liftProposed'), text: lift.reason },
    lift?.confirmed && { at: lift.confirmed.at, what: t('complaint.lifted'), text: lift.confirmed.reason },
    verification && { at: verification.at, what: word('finding', verification.finding), text: verification.remark },
    answer && { at: answer.at, what: word('complaintOutcome', answer.outcome), text: answer.text },
    treatment && { at: treatment.at, what: t('complaint.treated'), text: treatment.text },
    reopened && { at: reopened.at, what: t('complaint.reopened'), text: '' },
    release && { at: release.at, what: t('complaint.releaseProposed'), text: release.reason },
    release?.declined && {
      at: release.declined.at,
      what: t('complaint.releaseDeclined'),
      text: release.declined.reason,
    },
    release?.confirmed && {
      at: release.confirmed.at,
      what: t('complaint.released'),
      text: release.confirmed.reason,
    },
  ]
    .filter((step) => step !== null && step !== undefined)
    .toSorted((one, other) => (one.at < other.at ? -1 : 1));
  if (steps.length === 0) return null;
  return (
    <Card title={t('complaint.course')}>
      <ul className="rows">
        {steps.map(({ at, what, text }, index) => (
          <li key={index}>
            <p className="row-meta">
              <strong>{what}</strong>
              <span>
                <Moment at={at} />
              </span>
            </p>
            {text !== '' && <p className="said prose">{text}</p>}
          </li>
        ))}
      </ul>
      {answer?.mendedOn != null && (
        <p>
          {t('complaint.mendedOn')}: <Day at={answer.mendedOn} />
        </p>
      )}
    </Card>
  );
}

const reasonForm: DrawForm = (props) => <SaidForm {...props} name="reason" />;
const FORMS: Readonly<Record<string, DrawForm | null>> = {
  answer: (props) => <AnswerForm {...props} />,
  'report-finding': (props) => <VerifyForm {...props} />,
  treat: (props) => <SaidForm {...props} name="text" />,
  'take-back': null,
};

function Commands({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation();
  const formOf = (name: string): DrawForm | null => {
    if (name === 'rule') return (props) => <RuleForm {...props} complaint={complaint} />;
    return name in FORMS ? (FORMS[name] ?? null) : reasonForm;
  };
  const consequences: Readonly<Record<string, string>> = {
    answer: t('complaint.consequence.answer'),
    suspend: t('complaint.consequence.suspend'),
    'propose-lift': t('complaint.consequence.propose-lift'),
    'confirm-lift': t('complaint.consequence.confirm-lift'),
    'report-finding': t('complaint.consequence.report-finding'),
    rule: t('complaint.consequence.rule'),
    treat: t('complaint.consequence.treat'),
    'take-back': t('complaint.consequence.take-back'),
    'propose-release': t('complaint.consequence.propose-release'),
    'confirm-release': t('complaint.consequence.confirm-release'),
    'decline-release': t('complaint.consequence.decline-release'),
  };
  return (
    <Card title={t('application.actions')}>
      {complaint.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/complaints/${complaint.id}`}
        etag={complaint.etag}
        commands={complaint.allowedCommands}
        formOf={formOf}
        consequenceOf={(name) => consequences[name] ?? null}
        main={['answer', 'report-finding', 'rule', 'confirm-lift', 'confirm-release', 'treat']}
        grave={['suspend', 'take-back']}
      />
    </Card>
  );
}
