import '../applications/applications.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Sanction, STEPS, sanctionsQuery } from '../api/supervision';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm } from '../parts/command-panel';
import { Card, Facts, PageTitle } from '../parts/page';
import { Listed } from '../parts/listed';
import { tokenOf } from '../parts/pager';
import { SaidForm } from '../parts/said-form';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tabs } from '../parts/tabs';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/sanctions');

export function Sanctions() {
  return (
    <SignedIn>
      <List />
    </SignedIn>
  );
}

function List() {
  const { t } = useTranslation();
  const word = useCodes();
  const { state, step, trail = [] } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(sanctionsQuery({ state, step, pageToken: tokenOf(trail) }));
  return (
    <div className="page">
      <PageTitle title={t('sanctions.title')}>
        <p className="lead">{t('sanctions.text')}</p>
      </PageTitle>
      <Tabs label={t('sanctions.title')}>
        <Link to="/sanctions" search={{}} activeOptions={{ exact: true }}>
          {t('applications.all')}
        </Link>
        {STEPS.filter((one) => one !== 'notice' && one !== 'revoke').map((one) => (
          <Link key={one} to="/sanctions" search={{ state: 'in-force', step: one }}>
            {word('step', one)}
          </Link>
        ))}
      </Tabs>
      <Listed
        list={list}
        trail={trail}
        onTrail={(next) => void navigate({ to: '/sanctions', search: { state, step, trail: next } })}
        empty={<Empty title={t('sanctions.empty')} />}
      >
        {(page) => page.items.map((sanction) => <SanctionCard key={sanction.id} sanction={sanction} linked />)}
      </Listed>
    </div>
  );
}

const reasonForm: DrawForm = (props) => <SaidForm {...props} name="reason" />;

/** One measure with what may be done about it; `linked` leads to the violation it follows. */
export function SanctionCard({ sanction, linked = false }: { readonly sanction: Sanction; readonly linked?: boolean }) {
  const { t } = useTranslation();
  const word = useCodes();
  const organisation = worded(sanction.organisationName) || sanction.organisation;
  const { limit, end, until } = sanction;
  return (
    <Card title={word('step', sanction.step)} aside={<StateBadge family="sanctionState" state={sanction.state} />}>
      <Why sanction={sanction} />
      <Facts
        rows={[
          [t('grant.organisation'), organisation],
          [t('sanction.imposedAt'), <Moment at={sanction.imposedAt} />],
          [t('sanction.until'), until === null ? null : <Moment at={until} />],
          [t('limit.quota'), limit?.quota == null ? null : String(limit.quota)],
          [t('limit.delivery'), limit?.delivery == null ? null : word('delivery', limit.delivery)],
          [
            t('sanction.datasets'),
            sanction.step === 'restrict' ? (
              sanction.datasets.length === 0 ? (
                t('sanction.allDatasets')
              ) : (
                <Restricted datasets={sanction.datasets} />
              )
            ) : null,
          ],
          [
            t('grant.endedAt'),
            end === null ? null : (
              <>
                <Moment at={end.at} />: {end.reason ?? word('endCause', end.cause)}
              </>
            ),
          ],
        ]}
      />
      {linked && (
        <p className="row">
          <TextLink to="/violations/$id" params={{ id: sanction.violation }}>
            {t('sanction.violation')}
          </TextLink>
        </p>
      )}
      <CommandPanel
        path={`/api/sanctions/${sanction.id}`}
        etag={sanction.etag}
        commands={sanction.allowedCommands}
        formOf={() => reasonForm}
        consequenceOf={() => t('sanction.liftConsequence', { organisation })}
      />
    </Card>
  );
}

/** What was said for it; of a measure that nobody worded, how it came about. */
function Why({ sanction }: { readonly sanction: Sanction }) {
  const { t } = useTranslation();
  if (sanction.interim) return <p className="note note-wait">{t('sanction.interim')}</p>;
  if (sanction.byTime) return <p className="note note-wait">{t('sanction.byTime')}</p>;
  return <p className="said prose">{sanction.reason}</p>;
}

function Restricted({ datasets }: { readonly datasets: readonly string[] }) {
  return (
    <ul className="bullets">
      {datasets.map((id) => (
        <li key={id}>
          <TextLink to="/datasets/$id" params={{ id }}>
            {id}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
