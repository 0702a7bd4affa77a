import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Colleague, colleaguesQuery, type NewInvitation } from '../api/colleagues';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { Listed } from '../parts/listed';
import { Card, PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { SaidForm } from '../parts/said-form';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { Invite } from './invite';
import { LinkOnce } from './link-once';
import { Invitations } from './pending';

const route = getRouteApi('/colleagues');

/** The people of one's own organisation, and those it has invited. */
export function Colleagues() {
  return (
    <SignedIn>
      <Own />
    </SignedIn>
  );
}

function Own() {
  const { t } = useTranslation();
  const [made, setMade] = useState<NewInvitation | null>(null);
  return (
    <div className="page">
      <PageTitle title={t('colleagues.title')}>
        <p className="lead">{t('colleagues.text')}</p>
      </PageTitle>
      <div aria-live="polite">{made !== null && <LinkOnce made={made} />}</div>
      <Card title={t('colleagues.invite')}>
        <Invite onMade={setMade} />
      </Card>
      <Invitations onMade={setMade} />
      <Card title={t('colleagues.people')}>
        <People />
      </Card>
    </div>
  );
}

function People() {
  const { t } = useTranslation();
  const { trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(colleaguesQuery(tokenOf(trail)));
  return (
    <Listed
      list={list}
      trail={trail}
      onTrail={(next) => void navigate({ to: '/colleagues', search: { trail: next } })}
      empty={<Empty title={t('colleagues.nobody')} />}
    >
      {(page) => (
        <ul className="rows">
          {page.items.map((one) => (
            <Person key={one.id} colleague={one} />
          ))}
        </ul>
      )}
    </Listed>
  );
}

function Person({ colleague }: { readonly colleague: Colleague }) {
  const { t } = useTranslation();
  const { id, name, username, state, posts, allowedCommands, etag } = colleague;
  const active = state === 'active';
  return (
    <li className="row-card">
      <div className="row-main">
        <p className="row-title">{worded(name)}</p>
        <p className="row-meta">
          <span className="mono">{username}</span>
          {active && posts.length === 0 && <span>{t('colleagues.noPost')}</span>}
          {!active && <StateBadge family="colleagueState" state={state} />}
        </p>
        {posts.map((post) => (
          <Post key={post.id} of={id} post={post} />
        ))}
      </div>
      {allowedCommands.length > 0 && (
        <div className="row-side">
          <CommandPanel
            path={`/api/colleagues/${id}`}
            etag={etag}
            commands={allowedCommands}
            formOf={() => (props) => <SaidForm {...props} name="reason" />}
            consequenceOf={() => t('colleagues.removal')}
            grave={['remove']}
          />
        </div>
      )}
    </li>
  );
}

function Post({ of, post }: { readonly of: string; readonly post: Colleague['posts'][number] }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <div className="row">
      <span>{post.deputy ? t('colleagues.standsIn', { role: word('role', post.role) }) : word('role', post.role)}</span>
      {post.allowedCommands.length > 0 && (
        <CommandPanel
          path={`/api/colleagues/${of}/posts/${post.id}`}
          etag={post.etag}
          commands={post.allowedCommands}
          formOf={() => null}
          consequenceOf={() => t('colleagues.endOfPost', { role: word('role', post.role) })}
          grave={['end']}
        />
      )}
    </div>
  );
}
