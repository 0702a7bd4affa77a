import '../applications/applications.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../api/download';
import { type FiledEvidence, filedEvidenceQuery } from '../api/evidence';
import { CommandPanel, type DrawForm } from '../parts/command-panel';
import { Card, Facts, PageTitle } from '../parts/page';
import { SaidForm } from '../parts/said-form';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { ProblemPanel } from '../parts/states';
import { Day, Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { LinkButton, TextLink } from '../shell/link-button';
import { RemarkForm } from './remark-form';

const route = getRouteApi('/evidence/$id');

export function ProofPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(filedEvidenceQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Paper one={query.data} />;
}

function Paper({ one }: { readonly one: FiledEvidence }) {
  const { t } = useTranslation();
  const files = useSession().has('handler', 'signatory', 'citizen');
  const renewable = files && ['verified', 'lapsed'].includes(one.state);
  return (
    <div className="page">
      <PageTitle
        title={worded(one.kindLabel) || one.kind}
        above={<TextLink to="/evidence">← {t('proofs.title')}</TextLink>}
      >
        <p className="badges">
          <StateBadge family="evidenceState" state={one.state} />
          <span className="muted">{worded(one.organisationName)}</span>
        </p>
        {one.state === 'verified' && <p className="lead">{t(one.counts ? 'proofs.counts' : 'proofs.countsLater')}</p>}
      </PageTitle>
      <Told one={one} />
      <div className="with-aside">
        <div className="stack">
          <Card title={t('proofs.paper')}>
            <PaperFacts one={one} />
          </Card>
          <Resting one={one} />
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          {renewable && (
            <LinkButton to="/evidence/new" search={{ kind: one.kind, replaces: one.id }}>
              {t('proofs.renew')}
            </LinkButton>
          )}
          <Commands one={one} />
        </aside>
      </div>
    </div>
  );
}

/** That it ends soon, why it was turned down, why it counts no more. */
function Told({ one }: { readonly one: FiledEvidence }) {
  const { t } = useTranslation();
  const lines = [
    one.renewNow ? t('proofs.renewNowText') : null,
    one.judged?.reason == null ? null : `${t('proofs.judged')}: ${one.judged.reason}`,
    one.ended?.reason == null ? null : `${t('proofs.ended')}: ${one.ended.reason}`,
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <ul className="notices">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function PaperFacts({ one }: { readonly one: FiledEvidence }) {
  const { t } = useTranslation();
  const { file, validFrom, validUntil, replaces, sha256 } = one;
  return (
    <Facts
      rows={[
        [t('proofs.issuer'), one.issuer],
        [t('apply.reference'), <span className="mono">{one.reference}</span>],
        [t('proofs.validFrom'), validFrom === null ? null : <Day at={validFrom} />],
        [t('apply.validUntil'), validUntil === null ? t('proofs.noEnd') : <Day at={validUntil} />],
        [t('proofs.document'), file === null ? null : <SaveButton file={file} />],
        [t('proofs.hash'), sha256 === null ? null : <span className="hash mono">{sha256}</span>],
        [
          t('proofs.replaces'),
          replaces === null ? null : (
            <TextLink to="/evidence/$id" params={{ id: replaces }}>
              {t('proofs.earlier')}
            </TextLink>
          ),
        ],
        [t('proofs.filedAt'), <Moment at={one.filedAt} />],
      ]}
    />
  );
}

function SaveButton({ file }: { readonly file: NonNullable<FiledEvidence['file']> }) {
  const [error, setError] = useState<unknown>(null);
  const save = () => {
    setError(null);
    download(file.href, file.name).catch(setError);
  };
  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={save}>
        {file.name}
      </Button>
      {error !== null && <ProblemPanel error={error} />}
    </>
  );
}

/** The live grants that rest on it: they rest with it, too. */
function Resting({ one }: { readonly one: FiledEvidence }) {
  const { t } = useTranslation();
  return (
    <Card title={t('proofs.resting')}>
      {one.grants.length === 0 && <p className="muted">{t('proofs.restingNone')}</p>}
      <ul className="bullets">
        {one.grants.map((grant) => (
          <li key={grant.id}>
            <TextLink to="/grants/$id" params={{ id: grant.id }} underline="always">
              {worded(grant.datasetTitle) || grant.dataset}
            </TextLink>{' '}
            <StateBadge family="grantState" state={grant.state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const FORMS: Readonly<Record<string, DrawForm>> = {
  verify: (props) => <RemarkForm {...props} />,
  withdraw: (props) => <SaidForm {...props} name="reason" optional />,
};
const reasonForm: DrawForm = (props) => <SaidForm {...props} name="reason" />;

function Commands({ one }: { readonly one: FiledEvidence }) {
  const { t } = useTranslation();
  const consequence: Readonly<Record<string, string>> = {
    verify: t('proofs.verifyConsequence'),
    withdraw: t('proofs.withdrawConsequence', { count: one.grants.length }),
    'strike-out': t('proofs.strikeOutConsequence', { count: one.grants.length }),
  };
  return (
    <Card title={t('application.actions')}>
      {one.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/evidence/${one.id}`}
        etag={one.etag}
        commands={one.allowedCommands}
        formOf={(name) => FORMS[name] ?? reasonForm}
        consequenceOf={(name) => consequence[name] ?? null}
        main={['verify']}
        grave={['strike-out', 'withdraw']}
      />
    </Card>
  );
}
