import '../applications/applications.css';
import './governance.css';
import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { packVersionQuery, type PackVersion } from '../api/governance';
import { nameIn } from '../classification/who-said';
import { CommandPanel } from '../parts/command-panel';
import { Card, Facts, PageTitle } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { PackDifferences } from './pack-differences';
import { RehearsalDiff } from './rehearsal';

const route = getRouteApi('/rule-packs/$id');

export function PackVersionPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(packVersionQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Version version={query.data} />;
}

/** A version on its way to being law: what it would change first, then who wrote, proposed and published it. */
function Version({ version }: { readonly version: PackVersion }) {
  const { t } = useTranslation();
  const [rehearsal] = version.rehearsals ?? [];
  return (
    <div className="page">
      <PageTitle
        title={`${version.pack}/${version.number}`}
        above={<TextLink to="/rule-packs">← {t('packs.title')}</TextLink>}
      >
        <p className="badges">
          <StateBadge family="packState" state={version.state} />
        </p>
        <p className="lead prose">{version.reason}</p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          {version.reach !== undefined && <Reach {...version.reach} />}
          <PackDifferences differs={version.differs} />
          {rehearsal === undefined ? (
            <Card title={t('rehearsal.title')}>
              <p className="muted">{t('rehearsal.none')}</p>
            </Card>
          ) : (
            <RehearsalDiff rehearsal={rehearsal} />
          )}
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Card title={t('application.actions')}>
            {version.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
            <CommandPanel
              path={`/api/rule-packs/${version.id}`}
              etag={version.etag}
              commands={version.allowedCommands}
              formOf={() => null}
              consequenceOf={(name) => (name === 'publish' ? t('packs.consequence') : null)}
              main={['publish', 'rehearse', 'propose']}
              grave={['withdraw']}
            />
          </Card>
          <Card title={t('packs.who')}>
            <Facts
              rows={[
                [t('packs.author'), nameIn(version.people, version.author)],
                [t('packs.written'), <Moment at={version.createdAt} />],
                [t('packs.proposer'), nameIn(version.people, version.proposedBy)],
                [t('packs.publisher'), nameIn(version.people, version.publishedBy)],
                [t('packs.publishedAt'), version.publishedAt === null ? null : <Moment at={version.publishedAt} />],
                [t('packs.hash'), <span className="hash mono">{version.hash}</span>],
              ]}
            />
          </Card>
        </aside>
      </div>
    </div>
  );
}

/** How far the rules have come over the tiers that they give. */
function Reach({ behind, total }: { readonly behind: number; readonly total: number }) {
  const { t } = useTranslation();
  const done = total - behind;
  return (
    <Card title={t('packs.reach')} tone={behind === 0 ? 'good' : 'accent'}>
      {behind > 0 && <Progress value={(100 * done) / total} aria-label={t('packs.reach')} />}
      <p aria-live="polite">{t(behind === 0 ? 'packs.reachedAll' : 'packs.reached', { done, total })}</p>
      <TextLink to="/tier-changes">{t('changes.title')}</TextLink>
    </Card>
  );
}
