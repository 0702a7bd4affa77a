import { useTranslation } from 'react-i18next';
import type { Application, AskedDataset } from '../api/applications';
import { useCodes } from '../parts/codes';
import { DatasetTitle } from '../parts/dataset-title';
import { DueTerm } from '../parts/due-term';
import { ItemNames } from '../parts/item-names';
import { FileList } from '../attachments/file-list';
import { Answered } from '../forms/answered';
import { Card, Facts } from '../parts/page';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { TierBadge } from '../parts/tier-badge';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';

/** What is asked for and, once ruled on, what was given. Texts of applicants are shown as text and nothing else. */
export function Request({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { purpose, period, evidence } = application;
  return (
    <Card title={t('request.title')}>
      <Facts
        rows={[
          [t('request.purpose'), word('purpose', purpose.category)],
          [t('request.project'), purpose.project],
          [t('request.members'), application.memberNames.map(({ id, name }) => worded(name) || id).join(', ')],
          [t('request.delivery'), word('delivery', application.delivery)],
          [
            t('request.period'),
            <>
              <Day at={period.from} /> – <Day at={period.to} />
            </>,
          ],
        ]}
      />
      <h3>{t('request.datasets')}</h3>
      <ul className="asked">
        {application.datasets.map((asked) => (
          <Asked key={asked.dataset} asked={asked} />
        ))}
      </ul>
      <h3>{t('request.scenario')}</h3>
      <p className="prose said">{purpose.scenario}</p>
      {application.securityPlan !== undefined && application.securityPlan !== '' && (
        <>
          <h3>{t('request.securityPlan')}</h3>
          <p className="prose said">{application.securityPlan}</p>
        </>
      )}
      {application.formAsked !== null && application.form != null && (
        <Answered form={application.formAsked} answers={application.form.answers} />
      )}
      {application.attachmentFiles.length > 0 && (
        <>
          <h3>{t('attachments.title')}</h3>
          <FileList files={application.attachmentFiles} />
        </>
      )}
      {evidence.length > 0 && (
        <>
          <h3>{t('request.evidence')}</h3>
          <ul className="bullets">
            {evidence.map((one, at) => (
              <li key={at}>
                {word('conditionKind', one.condition)}: {one.reference}
                {one.validUntil !== undefined && (
                  <>
                    {' '}
                    ({t('request.validUntil')} <Day at={one.validUntil} />)
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Matched application={application} />
      <OnFile application={application} />
    </Card>
  );
}

/** Conditions on the kind of applicant, as the machine matched them. */
function Matched({ application: { matchedConditions } }: { readonly application: Application }) {
  const { t } = useTranslation();
  if (matchedConditions.length === 0) return null;
  return (
    <>
      <h3>{t('request.applicantKind')}</h3>
      <ul className="bullets">
        {matchedConditions.map(({ dataset, text, met }) => (
          <li key={dataset}>
            <strong>{t(met ? 'request.met' : 'request.unmet')}</strong> {text}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the applicant's organisation has on file for the conditions, and whether it is verified. */
function OnFile({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const reads = useSession().has('handler', 'signatory', 'citizen', 'approver', 'officer', 'supervisor', 'auditor');
  if (application.evidenceOnFile.length === 0) return null;
  return (
    <>
      <h3>{t('request.onFile')}</h3>
      <ul className="bullets">
        {application.evidenceOnFile.map((one) => (
          <li key={one.id}>
            {word('conditionKind', one.kind)}:{' '}
            {reads ? (
              <TextLink to="/evidence/$id" params={{ id: one.id }} underline="always">
                {one.reference}
              </TextLink>
            ) : (
              one.reference
            )}{' '}
            <span className="muted">{one.issuer}</span> <StateBadge family="evidenceState" state={one.state} />
            {one.validUntil !== null && (
              <small className="muted">
                {' '}
                {t('request.validUntil')} <Day at={one.validUntil} />
              </small>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Asked({ asked }: { readonly asked: AskedDataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { outcome } = asked;
  return (
    <li>
      <div className="row">
        <DatasetTitle id={asked.dataset} title={asked.title} />
        {asked.tier != null && <TierBadge tier={asked.tier} />}
      </div>
      <p className="muted">
        <ItemNames dataset={asked.dataset} items={asked.items} />
      </p>
      {outcome !== undefined && (
        <p className="outcome">
          <strong>{word('outcome', outcome.ruling)}</strong>
          {outcome.ruling !== 'refused' && (
            <span>
              {' '}
              <ItemNames dataset={asked.dataset} items={outcome.items} /> · {word('delivery', outcome.delivery)} ·{' '}
              <Day at={outcome.period.from} /> – <Day at={outcome.period.to} />
              {outcome.quota !== null && ` · ${t('request.quota', { count: outcome.quota })}`}
            </span>
          )}
        </p>
      )}
      {outcome?.reason !== undefined && (
        <p className="muted">
          {outcome.reason.title ?? word('refusalReason', outcome.reason.code)}: {outcome.reason.text}
          {outcome.reason.remedy !== undefined && ` ${t('refusal.remedy', { text: outcome.reason.remedy })}`}
        </p>
      )}
      {outcome?.conditions.map((one, at) => (
        <p key={at} className="muted">
          {t('request.condition')}: {one.text} <DueTerm term={one} />
        </p>
      ))}
    </li>
  );
}
