import './search.css';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetsQuery, facetsQuery } from '../api/queries';
import { PageTitle } from '../parts/page';
import { Pager, tokenOf } from '../parts/pager';
import { useSession } from '../parts/session';
import { Empty, Loading, ProblemPanel } from '../parts/states';
import { LinkButton, TextLink } from '../shell/link-button';
import { FacetColumn } from './facet-column';
import { Hit } from './hit';

const route = getRouteApi('/datasets');

export function Search() {
  const { t } = useTranslation();
  const { trail = [], ...chosen } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(datasetsQuery({ ...chosen, pageToken: tokenOf(trail) }));
  const facets = useQuery(facetsQuery(chosen));
  const page = list.data;
  return (
    <div className="page">
      <PageTitle title={t('search.title')} side={<Keeping />}>
        <SearchBox key={chosen.q ?? ''} q={chosen.q ?? ''} />
      </PageTitle>
      <div className="with-side">
        <FacetColumn chosen={chosen} facets={facets.data} />
        <section aria-label={t('search.results')} aria-busy={list.isFetching}>
          <p className="result-count" role="status">
            {page === undefined ? t('state.loading') : t('search.count', { count: page.total })}
          </p>
          {list.isPending && <Loading />}
          {list.isError && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
          {page?.items.length === 0 && (
            <Empty title={t('search.empty')}>
              <p>{t('search.emptyText')}</p>
              <LinkButton to="/datasets" variant="default">
                {t('search.clear')}
              </LinkButton>
            </Empty>
          )}
          {page !== undefined && page.items.length > 0 && (
            <>
              <ol className="hits">
                {page.items.map((dataset) => (
                  <Hit key={dataset.id} dataset={dataset} />
                ))}
              </ol>
              <Pager
                trail={trail}
                nextPageToken={page.nextPageToken}
                total={page.total}
                shown={page.items.length}
                onTrail={(next) =>
                  void navigate({ to: '/datasets', search: { ...chosen, trail: next.length === 0 ? undefined : next } })
                }
              />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

/** For stewards: all that their body has, and a way to write what is new. */
function Keeping() {
  const { t } = useTranslation();
  const { me, has } = useSession();
  const body = me?.organisation?.id;
  if (!has('steward') || body === undefined) return null;
  return (
    <p className="row">
      <TextLink to="/datasets" search={{ publisher: body }}>
        {t('search.ownRecords')}
      </TextLink>
      <LinkButton to="/datasets/new">{t('record.new')}</LinkButton>
    </p>
  );
}

function SearchBox({ q }: { readonly q: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  return (
    <form
      role="search"
      className="search-box"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({
          to: '/datasets',
          search: (now) => ({ ...now, q: text.trim() || undefined, trail: undefined }),
        });
      }}
    >
      <TextInput
        aria-label={t('search.box')}
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit">{t('action.search')}</Button>
    </form>
  );
}
