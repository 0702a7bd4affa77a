import '../applications/applications.css';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ComplaintLine, complaintsQuery } from '../api/complaints';
import { useCodes } from '../parts/codes';
import { Listed } from '../parts/listed';
import { PageTitle } from '../parts/page';
import { tokenOf } from '../parts/pager';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';

const route = getRouteApi('/complaints');
const NUMBER = /^TG-[QR]-\d{4}-\d{6,9}$/;

/** Objections to quality that were answered, for everyone; the others, and complaints about rights, for whom they concern. */
export function Complaints() {
  const { t } = useTranslation();
  const { about, queue, dataset, number, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const isSignedIn = useSession().state === 'signed-in';
  const list = useQuery(complaintsQuery({ about, queue, dataset, number, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('complaints.title')}>
        <p className="lead">{t('complaints.text')}</p>
      </PageTitle>
      <ByNumber
        key={number}
        asked={number ?? ''}
        onAsk={(wanted) => void navigate({ to: '/complaints', search: { number: wanted } })}
      />
      <Tabs label={t('grants.byState')}>
        <Link to="/complaints" search={{ dataset }} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        {(['quality', 'rights'] as const).map((one) => (
          <Link key={one} to="/complaints" search={{ about: one, dataset }}>
            {t(`complaints.${one}`)}
          </Link>
        ))}
        {isSignedIn &&
          (['mine', 'due', 'overdue'] as const).map((one) => (
            <Link key={one} to="/complaints" search={{ queue: one, dataset }}>
              {t(`complaints.${one}`)}
            </Link>
          ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/complaints', search: { about, queue, dataset, number, trail: next } })}
        empty={<Empty title={t(number === undefined ? 'complaints.empty' : 'complaints.noSuchNumber')} />}
      >
        {(page) => (
          <ul className="rows">
            {page.items.map((complaint) => (
              <Row key={complaint.id} complaint={complaint} isReadable={isSignedIn || complaint.state === 'answered'} />
            ))}
          </ul>
        )}
      </Listed>
    </div>
  );
}

/** Whoever filed without an account has the number alone. */
function ByNumber({ asked, onAsk }: { readonly asked: string; readonly onAsk: (number: string | undefined) => void }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState(asked);
  const wanted = number.trim().toUpperCase();
  const isNumber = NUMBER.test(wanted);
  const [tried, setTried] = useState(false);
  return (
    <form
      className="row"
      role="search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isNumber || wanted === '') onAsk(wanted === '' ? undefined : wanted);
      }}
    >
      <TextInput
        label={t('complaints.number')}
        description={t('complaints.numberHelp')}
        value={number}
        error={tried && wanted !== '' && !isNumber ? t('complaints.numberWrong') : null}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {t('complaints.find')}
      </Button>
    </form>
  );
}

interface RowOf {
  readonly complaint: ComplaintLine;
  /** Whether there is more to see on a page of its own. */
  readonly isReadable: boolean;
}

function Row({ complaint, isReadable }: RowOf) {
  const { t } = useTranslation();
  const word = useCodes();
  const { id, number, fault, right, deadline, rests } = complaint;
  const title = worded(complaint.datasetTitle) || complaint.dataset;
  return (
    <li className="row-card">
      <div className="row-main">
        {isReadable ? (
          <Link to="/complaints/$id" params={{ id }} className="row-title">
            {title}
          </Link>
        ) : (
          <span className="row-title">{title}</span>
        )}
        <p className="row-meta">
          <span className="mono">{number}</span>
          <span>{fault === null ? word('complaintRight', right) : word('qualityFault', fault)}</span>
          <span>{worded(complaint.holderName)}</span>
        </p>
      </div>
      <div className="row-side">
        <StateBadge family="complaintState" state={complaint.state} />
        {rests && <span className="chip chip-warn">{t('complaints.rests')}</span>}
        {deadline !== null && (
          <span className="row-turn">
            {t(deadline.overdue ? 'demands.overdueSince' : 'complaints.until')} <Day at={deadline.due} />
          </span>
        )}
      </div>
    </li>
  );
}
