import '../applications/applications.css';
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { grantQuery } from '../api/queries';
import type { Grant } from '../api/grants';
import { NoticesCard } from '../notices/notices-card';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm, type FormProps } from '../parts/command-panel';
import { DataLink } from '../parts/data-link';
import { DatasetTitle } from '../parts/dataset-title';
import { DueTerm, isDue } from '../parts/due-term';
import { ItemNames } from '../parts/item-names';
import { Card, Facts, PageTitle } from '../parts/page';
import { SaidForm } from '../parts/said-form';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { Day, daysUntil, Moment } from '../parts/time';
import { Worded, worded } from '../parts/wording';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { LinkButton, TextLink } from '../shell/link-button';
import { Duties } from './duties';
import { CertifyDeletionForm, ReportUseForm, SubmitEvidenceForm } from './duty-forms';
import { GrantKeys } from './grant-keys';
import { LimitForm } from './limit-form';

const route = getRouteApi('/grants/$id');

export function GrantPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(grantQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Terms grant={query.data} />;
}

const namesOf = (grant: Grant): { readonly dataset: string; readonly organisation: string } => ({
  dataset: worded(grant.datasetTitle) || grant.dataset,
  organisation: worded(grant.organisationName) || grant.organisation,
});

function Terms({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  const word = useCodes();
  const session = useSession();
  const names = namesOf(grant);
  const left = daysUntil(grant.period.to);
  return (
    <div className="page">
      <PageTitle title={names.dataset} above={<TextLink to="/grants">← {t('grants.title')}</TextLink>}>
        <p className="badges">
          <StateBadge family="grantState" state={grant.state} />
          {grant.kind === 'sharing' && <span className="chip">{t('sharing.kind.sharing')}</span>}
          <span className="muted">{names.organisation}</span>
        </p>
        <p className="lead">{word('grantStateHelp', grant.state)}</p>
      </PageTitle>
      <Measures grant={grant} />
      <div className="with-aside">
        <div className="stack">
          <Links grant={grant} />
          {grant.delivery === 'api' && <GrantKeys grant={grant} />}
          <Card title={t('grant.terms')}>
            <Facts
              rows={[
                [t('grant.organisation'), names.organisation],
                [t('grant.dataset'), <DatasetTitle id={grant.dataset} title={names.dataset} />],
                [t('grant.items'), <ItemNames dataset={grant.dataset} items={grant.items} />],
                [t('request.purpose'), word('purpose', grant.purpose)],
                [t('request.scenario'), grant.scenario],
                [t('request.delivery'), word('delivery', grant.delivery)],
                [
                  t('request.period'),
                  <>
                    <Day at={grant.period.from} /> – <Day at={grant.period.to} />
                    {left >= 0 && <small className="muted"> · {t('due.left', { count: left })}</small>}
                  </>,
                ],
                [t('dataset.conditions'), <Conditions conditions={grant.conditions ?? []} />],
                [t('grant.quota'), grant.quota === undefined ? null : String(grant.quota)],
                [
                  t('dataset.agreement'),
                  grant.agreement == null ? null : (
                    <>
                      {t('agreement.version', { version: grant.agreement.version })}
                      <span className="hash mono">{grant.agreement.hash}</span>
                    </>
                  ),
                ],
                [
                  t('grant.follows'),
                  grant.succeeds == null ? null : (
                    <TextLink to="/grants/$id" params={{ id: grant.succeeds.grant }}>
                      {t(`grant.succeeds.${grant.succeeds.kind}`)}
                    </TextLink>
                  ),
                ],
                [t('grant.followedBy'), <FollowedBy grant={grant} />],
                [
                  t('grant.application'),
                  <TextLink to="/applications/$id" params={{ id: grant.application }}>
                    {grant.number ?? t('applications.open')}
                  </TextLink>,
                ],
              ]}
            />
          </Card>
          <Duties grant={grant} />
          <NoticesCard about={{ grant: grant.id }} />
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Commands grant={grant} names={names} />
          {grant.ending != null && session.has('handler', 'citizen') && (
            <LinkButton to="/apply" search={{ dataset: grant.dataset }} variant="default">
              {t('grant.applyAnew')}
            </LinkButton>
          )}
          {session.has('supervisor', 'reviewer', 'steward') && (
            <TextLink to="/grants/$id/violation" params={{ id: grant.id }}>
              {t('grant.report')}
            </TextLink>
          )}
        </aside>
      </div>
    </div>
  );
}

/** The grant that comes after it, or the application that is to lead there. */
function FollowedBy({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  if (grant.successor != null)
    return (
      <>
        <TextLink to="/grants/$id" params={{ id: grant.successor.grant }} underline="always">
          {t(`grant.successor.${grant.successor.kind}`)}
        </TextLink>{' '}
        <Moment at={grant.successor.at} />
      </>
    );
  if (grant.following == null) return t('grant.followedByNone');
  return (
    <TextLink to="/applications/$id" params={{ id: grant.following.application }}>
      {t(`endingSoon.${grant.following.kind}`)}
    </TextLink>
  );
}

/** What the grant rests on; a proof that has lapsed is said to have. */
function Conditions({ conditions }: { readonly conditions: NonNullable<Grant['conditions']> }) {
  const { t } = useTranslation();
  if (conditions.length === 0) return t('grant.noConditions');
  return (
    <ul className="bullets">
      {conditions.map(({ kind, text, validUntil, lapsed, ...term }, at) => (
        <li key={`${kind}-${at}`}>
          {worded(text)}
          <small className="muted">
            {isDue(term) && ' · '}
            <DueTerm term={term} />
          </small>
          {validUntil != null && (
            <small className="muted">
              {' · '}
              {lapsed === true ? t('grant.lapsed') : t('request.validUntil')} <Day at={validUntil} />
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Why it is held or has ended, and since when; and what of its data is not served meanwhile. */
function Measures({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  const holds = grant.holds ?? [];
  const isDataTold = grant.inForce === 'yes' && grant.data !== 'served';
  if (holds.length === 0 && grant.ending == null && !isDataTold) return null;
  return (
    <ul className="notices">
      {isDataTold && (
        <li>
          {t(`grant.data.${grant.data}`)}
          {grant.data === 'in-part' && <ItemNames dataset={grant.dataset} items={grant.restingItems ?? []} />}
        </li>
      )}
      {holds.map((hold, at) => (
        <li key={at}>
          {t('grant.heldSince')} <Moment at={hold.since} />
          {hold.reason !== undefined && `: ${hold.reason}`}
          {hold.until !== null && (
            <>
              {' '}
              ({t('grant.heldUntil')} <Moment at={hold.until} />)
            </>
          )}
        </li>
      ))}
      {grant.ending != null && (
        <li>
          {t('grant.endedAt')} <Moment at={grant.ending.at} />
          {grant.ending.reason !== undefined && `: ${grant.ending.reason}`}
        </li>
      )}
    </ul>
  );
}

function Links({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  const { links = [], noLinks, sandbox } = grant;
  if (sandbox != null)
    return (
      <Card title={t('grant.links')}>
        <p className="muted">{t('grant.sandboxText')}</p>
        <p className="prose">
          <Worded text={sandbox.text} />
        </p>
        {sandbox.url !== null && (
          <p>
            <Anchor href={sandbox.url} rel="noopener noreferrer">
              {t('grant.sandboxOpen')}
            </Anchor>
          </p>
        )}
      </Card>
    );
  if (noLinks != null)
    return (
      <Card title={t('grant.links')}>
        <p className="muted">{t(`grant.noLinks.${noLinks}`)}</p>
      </Card>
    );
  if (links.length === 0) return null;
  return (
    <Card title={t('grant.links')}>
      <p className="muted">{t('grant.linksText')}</p>
      <ul className="bullets">
        {links.map((link) => (
          <li key={link.distribution}>
            <DataLink href={link.href} dataset={grant.dataset} tier="conditional" purpose={grant.purpose}>
              {worded(link.title) || link.href}
            </DataLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const reasonForm: DrawForm = (props) => <SaidForm {...props} name="reason" />;

/** Commands that open an application: nothing is said here, the draft asks. */
const OPENINGS: readonly string[] = ['renew', 'amend'];

/** Nothing has to be said: what will follow stands above. */
function Nothing({ onBody }: FormProps) {
  useEffect(() => onBody({}), [onBody]);
  return null;
}
const opening: DrawForm = (props) => <Nothing {...props} />;

/** The form of each command; what stands in no row here asks for a reason. */
const formsOf = (grant: Grant): Readonly<Record<string, DrawForm>> => ({
  limit: (props) => <LimitForm {...props} />,
  'report-use': (props) => <ReportUseForm {...props} />,
  'submit-evidence': (props) => <SubmitEvidenceForm {...props} grant={grant} />,
  'certify-deletion': (props) => <CertifyDeletionForm {...props} />,
});

function Commands({
  grant,
  names,
}: {
  readonly grant: Grant;
  readonly names: { dataset: string; organisation: string };
}) {
  const { t } = useTranslation();
  const commands = grant.allowedCommands ?? [];
  const navigate = useNavigate();
  const forms = formsOf(grant);
  const consequence: Readonly<Record<string, string>> = {
    suspend: t('consequence.suspend', names),
    resume: t('consequence.resume', names),
    limit: t('consequence.limit', names),
    revoke: t('consequence.revoke', names),
    relinquish: t('consequence.relinquish', names),
    renew: t('consequence.renew'),
    amend: t('consequence.amend'),
  };
  return (
    <Card title={t('application.actions')}>
      {commands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/grants/${grant.id}`}
        etag={grant.etag}
        commands={commands}
        formOf={(name) => (OPENINGS.includes(name) ? opening : (forms[name] ?? reasonForm))}
        onDone={(name, answer) => {
          const { id } = answer as { readonly id: string };
          if (OPENINGS.includes(name)) void navigate({ to: '/apply', search: { draft: id } });
        }}
        consequenceOf={(name) => consequence[name] ?? null}
        main={['renew', 'resume']}
        grave={['suspend', 'revoke', 'relinquish']}
      />
    </Card>
  );
}
