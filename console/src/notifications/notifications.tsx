import '../applications/applications.css';
import './notifications.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { type Notification, type NotificationPage, notificationsQuery } from '../api/notifications';
import { SaveNotice } from '../notices/notice-rows';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { Empty, ProblemPanel } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { Moment } from '../parts/time';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { AboutLink } from './about-link';

const route = getRouteApi('/notifications');

/** What I was told, newest first; following one marks it as read. */
export function Notifications() {
  return (
    <SignedIn>
      <Inbox />
    </SignedIn>
  );
}

function Inbox() {
  const { t } = useTranslation();
  const { unread, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(notificationsQuery({ unread, pageToken: tokenOf(trail) }));
  const mark = useCommand<Notification>();
  const follow = ({ id, readAt, etag }: Notification) => {
    if (readAt === null) mark.mutate({ path: `/api/notifications/${id}/commands/mark-read`, body: {}, etag });
  };
  return (
    <div className="page">
      <PageTitle title={t('notifications.title')} side={<MarkAll page={list.data} />}>
        <p className="lead">
          {t('notifications.text')}{' '}
          <TextLink to="/notices" underline="always">
            {t('notices.all')}
          </TextLink>
          {' · '}
          <TextLink to="/notifications/mail">{t('mail.settings')}</TextLink>
        </p>
      </PageTitle>
      {mark.isError && <ProblemPanel error={mark.error} />}
      <Tabs label={t('notifications.which')}>
        <Link to="/notifications" search={{}} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        <Link to="/notifications" search={{ unread: 'true' }}>
          {t('notifications.unread')}
        </Link>
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/notifications', search: { unread, trail: next } })}
        empty={<Empty title={t(unread === undefined ? 'notifications.empty' : 'notifications.allRead')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((one) => (
              <Row key={one.id} told={one} onFollow={() => follow(one)} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

function Row({ told, onFollow }: { readonly told: Notification; readonly onFollow: () => void }) {
  const { t } = useTranslation();
  return (
    <li className={`row-card told${told.readAt === null ? ' is-unread' : ''}`}>
      <div className="row-main">
        <AboutLink about={told.about} onFollow={onFollow}>
          {told.title}
        </AboutLink>
        <p>{told.text}</p>
        {told.notice !== null && (
          <div className="badges">
            <span>{t('notices.one', { number: told.notice.number })}</span>
            <SaveNotice id={told.notice.id} number={told.notice.number} forms={['pdf']} />
          </div>
        )}
        <p className="row-meta">
          <Moment at={told.at} />
          {told.readAt === null && <span className="told-new">{t('notifications.new')}</span>}
        </p>
      </div>
      {told.readAt === null && (
        <div className="row-side">
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={onFollow}
            aria-label={t('notifications.markOne', { title: told.title })}
          >
            {t('notifications.mark')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Marks what is on the screen and older; what came meanwhile stays unread. */
function MarkAll({ page }: { readonly page: NotificationPage | undefined }) {
  const { t } = useTranslation();
  const command = useCommand<{ readonly marked: number }>();
  const newest = page?.items[0];
  if (newest === undefined || page === undefined || page.unread === 0) return null;
  return (
    <Button
      variant="default"
      loading={command.isPending}
      onClick={() => command.mutate({ path: '/api/notifications/commands/mark-all-read', body: { upTo: newest.id } })}
    >
      {t('notifications.markAll')}
    </Button>
  );
}
