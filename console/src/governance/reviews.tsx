import '../applications/applications.css';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REVIEW_CAUSES, type Review, reviewsQuery } from '../api/governance';
import { useCodes } from '../parts/codes';
import { CommandPanel, type FormProps } from '../parts/command-panel';
import { Card, PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { ReasonField } from '../parts/reason-field';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { TierBadge } from '../parts/tier-badge';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/reviews');

export function Reviews() {
  return (
    <SignedIn>
      <Queue />
    </SignedIn>
  );
}

/** Tiers that somebody has to look at again, the longest due first. */
function Queue() {
  const { t } = useTranslation();
  const { queue = 'due', cause, trail = [] } = route.useSearch();
  const word = useCodes();
  const navigate = useNavigate();
  const list = useQuery(reviewsQuery({ queue, cause, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle
        title={t('reviews.title')}
        above={<TextLink to="/classification">← {t('classification.title')}</TextLink>}
      >
        <p className="lead">{t('reviews.text')}</p>
      </PageTitle>
      <Tabs label={t('reviews.title')}>
        <Link to="/reviews" search={{}} activeOptions={{ exact: true }}>
          {t('reviews.due')}
        </Link>
        <Link to="/reviews" search={{ queue: 'upcoming' }}>
          {t('reviews.upcoming')}
        </Link>
      </Tabs>
      {queue === 'due' && (
        <Select
          maw={360}
          label={t('reviews.cause')}
          data={[
            { value: '', label: t('reviews.everyCause') },
            ...REVIEW_CAUSES.map((one) => ({ value: one, label: word('reviewCause', one) })),
          ]}
          value={cause ?? ''}
          allowDeselect={false}
          onChange={(value) =>
            void navigate({ to: '/reviews', search: value === null || value === '' ? {} : { cause: value } })
          }
        />
      )}
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/reviews', search: { queue, cause, trail: next } })}
        empty={<Empty title={t('reviews.empty')} />}
      >
        {(page) => page.items.map((review) => <Due key={review.dataset} review={review} />)}
      </Listed>
    </div>
  );
}

function Due({ review }: { readonly review: Review }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Card>
      <p className="row-title">
        <Link to="/datasets/$id" params={{ id: review.dataset }}>
          {worded(review.datasetTitle) || review.dataset}
        </Link>
      </p>
      <p className="row-meta">
        {review.tier !== null && <TierBadge tier={review.tier} />}
        <span>{word('reviewCause', review.cause)}</span>
        <span>
          <Moment at={review.dueAt} />
        </span>
        {review.overdueDays > 0 && <span>{t('reviews.overdue', { count: review.overdueDays })}</span>}
      </p>
      {review.note !== null && <p className="said prose">{review.note}</p>}
      {review.fusion !== null && (
        <p>
          <TextLink to="/fusion/$id" params={{ id: review.fusion }}>
            {t('fusion.seen')}
          </TextLink>
        </p>
      )}
      {review.objections.length > 0 && (
        <p>
          <TextLink to="/objections" search={{ dataset: review.dataset, state: 'open' }}>
            {t('objections.seen', { count: review.objections.length })}
          </TextLink>
        </p>
      )}
      <CommandPanel
        path={`/api/reevaluations/${review.dataset}`}
        etag={review.etag}
        commands={review.allowedCommands}
        formOf={() => (props) => <Looked {...props} />}
      />
      {review.allowedCommands.length > 0 && (
        <p className="row">
          <TextLink to="/datasets/$id/tier" params={{ id: review.dataset }}>
            {t('changeTier.title')}
          </TextLink>
        </p>
      )}
    </Card>
  );
}

function Looked({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  useEffect(() => onBody(reason.trim() === '' ? null : { reason }), [reason, onBody]);
  return (
    <>
      <p className="note note-wait">{t('reviews.consequence')}</p>
      <ReasonField value={reason} onText={setReason} faultAt={faultAt} minRows={2} />
    </>
  );
}
