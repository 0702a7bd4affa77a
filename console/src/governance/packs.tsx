import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { packsQuery, packVersionsQuery, type PackVersion } from '../api/governance';
import { nameIn } from '../classification/who-said';
import { Card, PageTitle } from '../parts/page';
import { Pager, tokenOf } from '../parts/pager';
import { StateBadge } from '../parts/state-badge';
import { Loading, ProblemPanel } from '../parts/states';
import { Moment } from '../parts/time';
import { SignedIn } from '../shell/guard';
import { LinkButton } from '../shell/link-button';
import { listNames } from './take-lists';

const route = getRouteApi('/rule-packs');

export function RulePacks() {
  return (
    <SignedIn>
      <Lists />
    </SignedIn>
  );
}

/** The packs in force, and every version people wrote here with who proposed and who published it. */
function Lists() {
  const { t } = useTranslation();
  const { trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const packs = useQuery(packsQuery());
  const versions = useQuery(packVersionsQuery(tokenOf(trail)));
  const page = versions.data;
  return (
    <div className="page">
      <PageTitle title={t('packs.title')}>
        <p className="lead">{t('packs.text')}</p>
      </PageTitle>
      {(packs.isPending || versions.isPending) && <Loading />}
      {versions.isError && <ProblemPanel error={versions.error} retry={() => void versions.refetch()} />}
      <Card title={t('packs.inForce')}>
        <ul className="rows">
          {packs.data?.items.map((pack) => (
            <li key={pack.id} className="row-card">
              <div className="row-main">
                <p className="row-title">{pack.title}</p>
                <p className="row-meta">
                  <span className="mono">
                    {pack.id}/{pack.version}
                  </span>
                  <span>{t(pack.origin === 'shipped' ? 'packs.shipped' : 'packs.published')}</span>
                  <span>{t('packs.rules', { count: pack.rules.length, verified: pack.verifiedRules })}</span>
                </p>
                {pack.newer.length > 0 && (
                  <p className="note note-wait">{t('packs.newer', { lists: listNames(pack) })}</p>
                )}
              </div>
              <div className="row-side">
                {pack.newer.length > 0 && (
                  <LinkButton to="/rule-packs/new" search={{ pack: pack.id, take: 'lists' }} size="xs">
                    {t('packs.takeLists')}
                  </LinkButton>
                )}
                <LinkButton to="/rule-packs/new" search={{ pack: pack.id }} variant="default" size="xs">
                  {t('packs.change')}
                </LinkButton>
              </div>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('packs.versions')}>
        {page?.items.length === 0 && <p className="muted">{t('packs.none')}</p>}
        <ul className="rows">
          {page?.items.map((version) => (
            <Version key={version.id} version={version} />
          ))}
        </ul>
        {page !== undefined && (
          <Pager
            trail={trail}
            nextPageToken={page.nextPageToken}
            total={page.total}
            shown={page.items.length}
            onTrail={(next) =>
              void navigate({ to: '/rule-packs', search: { trail: next.length === 0 ? undefined : next } })
            }
          />
        )}
      </Card>
    </div>
  );
}

function Version({ version }: { readonly version: PackVersion }) {
  const { t } = useTranslation();
  return (
    <li className="row-card">
      <div className="row-main">
        <Link to="/rule-packs/$id" params={{ id: version.id }} className="row-title">
          {version.pack}/{version.number}: {version.reason}
        </Link>
        <p className="row-meta">
          <Moment at={version.createdAt} />
          {version.proposedBy !== null && (
            <span>{t('packs.proposedBy', { who: nameIn(version.people, version.proposedBy) })}</span>
          )}
          {version.publishedBy !== null && (
            <span>{t('packs.publishedBy', { who: nameIn(version.people, version.publishedBy) })}</span>
          )}
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="packState" state={version.state} />
      </div>
    </li>
  );
}
