import '../applications/applications.css';
import './classification.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupQuery } from '../api/queries';
import type { AssessmentGroupDetail, MilderOfGroup } from '../api/assessments';
import { Verified } from '../dataset/why-this-tier';
import { useCodes } from '../parts/codes';
import { CommandPanel } from '../parts/command-panel';
import { Card, Facts, PageTitle } from '../parts/page';
import { TierBadge } from '../parts/tier-badge';
import { Waiting } from '../parts/waiting';
import { Worded, worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { LinkButton, TextLink } from '../shell/link-button';
import { ArgumentForm } from './decision-forms';
import { PublisherName } from './publisher-name';

const route = getRouteApi('/classification/groups/$group');

export function GroupPage() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { t } = useTranslation();
  const { group } = route.useParams();
  const [done, setDone] = useState<number | null>(null);
  const query = useQuery(groupQuery(group, done === null));
  if (done !== null) return <Done count={done} />;
  if (query.data === undefined) return <Waiting query={query} />;
  return <Group group={query.data} onDone={setDone} title={t('group.title', { count: query.data.count })} />;
}

function Done({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return (
    <div className="page middling">
      <PageTitle title={t('group.done', { count })} />
      <div>
        <LinkButton to="/classification">{t('classification.allGroups')}</LinkButton>
      </div>
    </div>
  );
}

/** One screen, one act: what the records share, where they differ, which to look at first, and the confirmation. */
function Group(props: {
  readonly group: AssessmentGroupDetail;
  readonly title: string;
  readonly onDone: (count: number) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { group } = props;
  const { verdict } = group;
  const tier = verdict.proposed ?? verdict.tier;
  return (
    <div className="page">
      <PageTitle title={props.title} above={<TextLink to="/classification">← {t('classification.title')}</TextLink>}>
        <p className="badges">
          <TierBadge tier={tier} large />
          <PublisherName id={group.publisher} />
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          <First group={group} />
          <Common group={group} />
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          <Card title={t('application.actions')}>
            {group.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
            {group.allowedCommands.includes('override') && (
              <>
                {verdict.abstained && <p className="muted">{t('groups.abstained')}</p>}
                <LinkButton
                  to="/classification/groups/$group/alike"
                  params={{ group: group.group }}
                  variant={verdict.abstained ? 'filled' : 'default'}
                  fullWidth
                >
                  {t('alike.open')}
                </LinkButton>
              </>
            )}
            <CommandPanel
              path="/api/assessments"
              etag={group.etag}
              commands={group.allowedCommands.filter((name) => name === 'confirm')}
              formOf={() => (form) => (
                <ArgumentForm
                  {...form}
                  onBody={(body) => form.onBody(body === null ? null : { ...body, group: group.group })}
                >
                  <Milder milder={group.milder} />
                </ArgumentForm>
              )}
              consequenceOf={() => t('group.consequence', { count: group.count, tier: word('tier', tier) })}
              main={['confirm']}
              onDone={(_command, answer) => props.onDone((answer as { readonly confirmed: number }).confirmed)}
            />
          </Card>
          <Card title={t('assessment.verdict')}>
            <Facts
              rows={[
                [t('assessment.proposed'), verdict.proposed == null ? null : <TierBadge tier={verdict.proposed} />],
                [t('assessment.declared'), verdict.declared == null ? null : <TierBadge tier={verdict.declared} />],
                [
                  t('assessment.confidence'),
                  verdict.abstained ? t('assessment.abstained') : `${Math.round(verdict.confidence * 100)} %`,
                ],
              ]}
            />
            <LinkButton to="/classification" search={{ group: group.group }} variant="default" fullWidth>
              {t('group.everyRecord')}
            </LinkButton>
          </Card>
        </aside>
      </div>
    </div>
  );
}

const namesOf = ({ items, different }: MilderOfGroup): string =>
  [...items.map(({ value, records }) => `${value} (${records})`), ...(different > items.length ? ['…'] : [])].join(
    ', ',
  );

/** Which items the one act leaves to be asked for alone. */
function Milder({ milder: { open, conditional } }: Pick<AssessmentGroupDetail, 'milder'>) {
  const { t } = useTranslation();
  return (
    <div data-milder>
      {open.records > 0 && <p>{t('group.openAlone', { records: open.records, items: namesOf(open) })}</p>}
      {conditional.records > 0 && (
        <p>{t('group.grantedAlone', { records: conditional.records, items: namesOf(conditional) })}</p>
      )}
    </div>
  );
}

function First({ group }: { readonly group: AssessmentGroupDetail }) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Card title={t('group.first')} tone="accent">
      {group.first.length === 0 ? (
        <p className="muted">{t(group.verdict.abstained ? 'group.noneAlike' : 'group.noneFirst')}</p>
      ) : (
        <ul className="rows">
          {group.first.map((look) => (
            <li key={look.id} className="row-card">
              <div className="row-main">
                <TextLink to="/classification/$id" params={{ id: look.id }} className="row-title">
                  {worded(look.datasetTitle) || look.dataset}
                </TextLink>
                <p className="row-meta">
                  {look.reasons.map((reason) => (
                    <span key={reason}>{word('lookFirst', reason)}</span>
                  ))}
                  {look.ground !== null && look.reasons.includes('rare-ground') && <code>{look.ground}</code>}
                </p>
              </div>
              <div className="row-side">
                <TierBadge tier={look.tier} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Common({ group }: { readonly group: AssessmentGroupDetail }) {
  const { t } = useTranslation();
  return (
    <Card title={t('group.common')}>
      <ol className="reasons">
        {group.rules.map(({ rule, grounds, different }) => (
          <li key={rule.id}>
            <p className="reason-text">
              <Worded text={rule.text} />
            </p>
            <p className="reason-source">
              <Verified verified={rule.verified} />
              <span>
                <Worded text={rule.source} />
              </span>
              <code>{rule.id}</code>
            </p>
            <p className="grounds">
              {grounds.map(({ value, records }) => (
                <span key={value} className="chip">
                  {value} · {records}
                </span>
              ))}
              {different > grounds.length && (
                <span className="muted">{t('group.more', { count: different - grounds.length })}</span>
              )}
            </p>
          </li>
        ))}
      </ol>
      {group.issues.length > 0 && (
        <ul className="bullets">
          {group.issues.map((issue) => (
            <li key={issue.code}>
              <Worded text={issue.text} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
