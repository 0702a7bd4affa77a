import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Notice, noticesQuery } from '../api/notices';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { Empty } from '../parts/states';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { NoticeRows } from './notice-rows';

const route = getRouteApi('/notices');
const PAGES = { application: '/applications/$id', grant: '/grants/$id', violation: '/violations/$id' } as const;

/** All notices that somebody may see: those to their organisation, or all of those they oversee. */
export function Notices() {
  return (
    <SignedIn>
      <All />
    </SignedIn>
  );
}

function All() {
  const { t } = useTranslation();
  const { trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(noticesQuery({}, 20, tokenOf(trail)));
  return (
    <div className="page">
      <PageTitle title={t('notices.title')}>
        <p className="lead">
          {t('notices.allText')}{' '}
          <TextLink to="/notices/check" underline="always">
            {t('notices.check')}
          </TextLink>
        </p>
      </PageTitle>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/notices', search: { trail: next } })}
        empty={<Empty title={t('notices.none')} />}
      >
        {(page) => <NoticeRows notices={page.items} titled={(notice) => <ToPage notice={notice} />} />}
      </Listed>
    </div>
  );
}

const ToPage = ({ notice: { about, title } }: { readonly notice: Notice }) => (
  <Link to={PAGES[about.kind]} params={{ id: about.id }} className="row-title">
    {title}
  </Link>
);
