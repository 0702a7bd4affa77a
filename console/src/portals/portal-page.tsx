import '../applications/applications.css';
import '../register/register.css';
import '../usage/usage.css';
import { Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Portal, portalQuery, type PortalUse, portalsUseQuery } from '../api/portals';
import { CommandPanel, type FormProps } from '../parts/command-panel';
import { LastAsked } from '../parts/key-row';
import { Card, Facts, PageTitle } from '../parts/page';
import { StateBadge } from '../parts/state-badge';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { Reasons, Sums } from '../usage/usage';
import { OrganisationNames, PickOrganisation } from './pick-organisation';
import { PortalKeys } from './portal-keys';

const route = getRouteApi('/portals/$id');

export function PortalPage() {
  return (
    <SignedIn>
      <Found />
    </SignedIn>
  );
}

function Found() {
  const { id } = route.useParams();
  const query = useQuery(portalQuery(id));
  const uses = useQuery(portalsUseQuery()).data?.items;
  if (query.data === undefined) return <Waiting query={query} />;
  return <Shown portal={query.data} isRead={uses !== undefined} use={uses?.find(({ portal }) => portal === id)} />;
}

interface Read {
  readonly portal: Portal;
  /** Whether what portals asked was read; `use` is absent where this one asked nothing. */
  readonly isRead: boolean;
  readonly use: PortalUse | undefined;
}

function Shown({ portal, isRead, use }: Read) {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageTitle title={portal.name} above={<TextLink to="/portals">← {t('portals.title')}</TextLink>}>
        <p className="badges">
          <StateBadge family="portalState" state={portal.state} />
          <span className="mono muted">{portal.clientId}</span>
          {isRead && (
            <span className="muted">
              <LastAsked at={use?.lastAskedAt} />
            </span>
          )}
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          {isRead && <Checks use={use} />}
          <PortalKeys
            portal={portal.id}
            isOff={portal.state !== 'active'}
            uses={isRead ? (use?.keys ?? []) : undefined}
          />
          <Card title={t('portals.about')}>
            <Facts
              rows={[
                [t('portals.runBy'), <OrganisationNames ids={[portal.organisation]} />],
                [t('portals.asksAbout'), <Served serves={portal.serves} />],
              ]}
            />
          </Card>
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Card title={t('application.actions')}>
            <Actions portal={portal} />
          </Card>
        </aside>
      </div>
    </div>
  );
}

function Served({ serves }: { readonly serves: readonly string[] | undefined }) {
  const { t } = useTranslation();
  if (serves === undefined) return <>{t('portals.everyone')}</>;
  return serves.length === 0 ? <>{t('portals.nobody')}</> : <OrganisationNames ids={serves} />;
}

/** Whether what it asks is well answered: a fault of its own, or of ours, shows in the reasons. */
function Checks({ use }: { readonly use: PortalUse | undefined }) {
  const { t } = useTranslation();
  if (use === undefined)
    return (
      <Card title={t('portals.checks')}>
        <p>{t('portals.noChecks')}</p>
      </Card>
    );
  return (
    <>
      <Card title={t('portals.checks')}>
        <p className={use.undecided > 0 ? 'note note-wait' : 'note note-good'}>
          {t(use.undecided > 0 ? 'portals.someUndecided' : 'portals.allDecided')}
        </p>
        <Sums usage={use} />
      </Card>
      <Reasons reasons={use.reasons} permit={false} />
      <Reasons reasons={use.reasons} permit />
    </>
  );
}

function Actions({ portal }: { readonly portal: Portal }) {
  const { t } = useTranslation();
  const consequence: Readonly<Record<string, string>> = {
    'switch-off': t('portals.switchOff'),
    serve: t('portals.servesFrom'),
  };
  return (
    <CommandPanel
      path={`/api/portals/${portal.id}`}
      etag={portal.etag}
      commands={['serve', portal.state === 'active' ? 'switch-off' : 'switch-on']}
      formOf={(name) => (name === 'serve' ? (props) => <ServesForm {...props} serves={portal.serves} /> : null)}
      consequenceOf={(name) => consequence[name] ?? null}
      main={['switch-on']}
      grave={['switch-off']}
    />
  );
}

function ServesForm({ onBody, serves }: FormProps & { readonly serves: readonly string[] | undefined }) {
  const { t } = useTranslation();
  const [everyone, setEveryone] = useState(serves === undefined);
  const [named, setNamed] = useState<readonly string[]>(serves ?? []);
  useEffect(() => onBody(everyone ? {} : { serves: named }), [everyone, named, onBody]);
  return (
    <>
      <Radio.Group
        label={t('portals.asksAbout')}
        value={everyone ? 'everyone' : 'named'}
        onChange={(chosen) => setEveryone(chosen === 'everyone')}
      >
        <div className="stack">
          <Radio value="everyone" label={t('portals.everyone')} />
          <Radio value="named" label={t('portals.named')} />
        </div>
      </Radio.Group>
      {!everyone && (
        <>
          {named.length === 0 ? (
            <p className="muted">{t('portals.nobody')}</p>
          ) : (
            <OrganisationNames ids={named} onRemove={(id) => setNamed(named.filter((one) => one !== id))} />
          )}
          <PickOrganisation onPick={(id) => setNamed([...new Set([...named, id])])} />
        </>
      )}
    </>
  );
}
