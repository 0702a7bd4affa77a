import { useTranslation } from 'react-i18next';
import type { Application } from '../api/applications';
import { useCodes } from '../parts/codes';
import { Card, Facts } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Day, Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';

/** What the applicant holds in hand after submitting: the number, what happens next, by when. */
export function Receipt({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { receipt } = application;
  if (receipt == null || receipt.next === null) return null;
  return (
    <Card title={t('receipt.title')}>
      <Facts
        rows={[
          [t('receipt.number'), <strong className="mono">{receipt.number}</strong>],
          [t('receipt.received'), <Moment at={receipt.receivedAt} />],
          [t('receipt.next'), word('deadline', receipt.next)],
          [
            t('receipt.by'),
            receipt.waitingFor === null
              ? null
              : `${word('role', receipt.waitingFor.role)} · ${worded(receipt.waitingFor.organisation.name)}`,
          ],
          [t('receipt.due'), receipt.due === null ? null : <Day at={receipt.due} />],
        ]}
      />
    </Card>
  );
}

export function Refusal({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const reasons = application.reasons ?? [];
  if (reasons.length === 0) return null;
  return (
    <Card title={t('refusal.title')} tone="accent">
      <ul className="stack">
        {reasons.map((reason, at) => (
          <li key={at}>
            <strong>{reason.title ?? word('refusalReason', reason.code)}</strong>
            <p className="said">{reason.text}</p>
            {reason.remedy !== undefined && <p className="muted">{t('refusal.remedy', { text: reason.remedy })}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Defects({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  if (application.state !== 'needs-correction' || application.defects.length === 0) return null;
  return (
    <Card title={t('defects.title')} tone="accent">
      <ol className="bullets">
        {application.defects.map((defect, at) => (
          <li key={at} className="said">
            {defect.text}
          </li>
        ))}
      </ol>
    </Card>
  );
}

export function Grants({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  if (application.grants.length === 0) return null;
  return (
    <Card title={t('grants.title')}>
      <ul className="stack">
        {application.grants.map((grant) => (
          <li key={grant.id} className="row">
            {grant.state !== undefined && <StateBadge family="grantState" state={grant.state} />}
            <TextLink to="/grants/$id" params={{ id: grant.id }}>
              {t('grants.open')}
            </TextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
