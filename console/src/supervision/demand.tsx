import '../applications/applications.css';
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEMAND_OUTCOMES, DEMAND_REFUSALS, type Demand, demandQuery } from '../api/demands';
import { useCodes } from '../parts/codes';
import { type CommandBody, CommandPanel, type FormProps } from '../parts/command-panel';
import { DatasetTitle } from '../parts/dataset-title';
import { Card, Facts, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { StateBadge } from '../parts/state-badge';
import { Day, Moment } from '../parts/time';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/demands/$id');

export function DemandPage() {
  const { id } = route.useParams();
  const query = useQuery(demandQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Asked demand={query.data} />;
}

function Asked({ demand }: { readonly demand: Demand }) {
  const { t } = useTranslation();
  const { dataset, deadline, description } = demand;
  const isSteward = useSession().has('steward');
  return (
    <div className="page">
      <PageTitle title={demand.title} above={<TextLink to="/demands">← {t('demands.title')}</TextLink>}>
        <p className="badges">
          <StateBadge family="demandState" state={demand.state} />
          <span className="muted">{worded(demand.holderName)}</span>
        </p>
      </PageTitle>
      <div className="with-aside">
        <div className="stack">
          <Card title={t('demand.asked')}>
            {description !== null && <p className="said prose">{description}</p>}
            <Facts
              rows={[
                [
                  t('grant.dataset'),
                  dataset === null ? null : (
                    <DatasetTitle id={dataset} title={worded(demand.datasetTitle) || dataset} />
                  ),
                ],
                [t('demand.holder'), worded(demand.holderName) || demand.holder],
                [t('demand.askedAt'), <Moment at={demand.askedAt} />],
                [
                  t('demand.due'),
                  <>
                    <Day at={deadline.due} />{' '}
                    <small className="muted">
                      {t('demand.days', { count: deadline.workingDays })} · {worded(deadline.source)}
                      {!deadline.verified && ` · ${t('demand.unverified')}`}
                    </small>
                  </>,
                ],
              ]}
            />
          </Card>
          {demand.answers.map((answer) => (
            <Answered key={answer.at} answer={answer} />
          ))}
        </div>
        <aside className="stack" aria-label={t('application.aside')}>
          {/* Also after the last command: it says there what was done. */}
          {isSteward && (
            <Card title={t('application.actions')}>
              {demand.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
              <CommandPanel
                path={`/api/demands/${demand.id}`}
                etag={demand.etag}
                commands={demand.allowedCommands}
                formOf={() => (props) => <AnswerForm {...props} planned={demand.state === 'planned'} />}
                consequenceOf={() => t('demand.consequence')}
                main={['answer']}
              />
            </Card>
          )}
        </aside>
      </div>
    </div>
  );
}

function Answered({ answer }: { readonly answer: Demand['answers'][number] }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { dataset, plannedBy } = answer;
  return (
    <Card title={word('demandState', answer.outcome)}>
      <p className="said prose">{answer.text}</p>
      <Facts
        rows={[
          [t('demand.reason'), worded(answer.reasonText)],
          [
            t('grant.dataset'),
            dataset === null ? null : (
              <TextLink to="/datasets/$id" params={{ id: dataset }}>
                {t('demand.toData')}
              </TextLink>
            ),
          ],
          [t('demand.plannedBy'), plannedBy === null ? null : <Day at={plannedBy} />],
          [t('demand.answeredAt'), <Moment at={answer.at} />],
        ]}
      />
    </Card>
  );
}

interface Terms {
  readonly outcome: string;
  readonly text: string;
  readonly reason: string;
  readonly dataset: string;
  readonly plannedBy: string;
}

/** Only what the outcome has; null while something it needs is missing. */
function bodyOf({ outcome, text, reason, dataset, plannedBy }: Terms): CommandBody | null {
  const said = text.trim();
  if (said === '') return null;
  if (outcome === 'refused') return { outcome, text: said, reason };
  if (outcome === 'planned') return { outcome, text: said, ...(plannedBy === '' ? {} : { plannedBy }) };
  return dataset.trim() === '' ? null : { outcome, text: said, dataset: dataset.trim() };
}

function AnswerForm({ onBody, faultAt, planned }: FormProps & { readonly planned: boolean }) {
  const { t } = useTranslation();
  const word = useCodes();
  const outcomes = DEMAND_OUTCOMES.filter((one) => !planned || one !== 'planned');
  const [terms, setTerms] = useState<Terms>({
    outcome: outcomes[0] ?? 'refused',
    text: '',
    reason: DEMAND_REFUSALS[0],
    dataset: '',
    plannedBy: '',
  });
  const put = (change: Partial<Terms>) => setTerms((before) => ({ ...before, ...change }));
  useEffect(() => onBody(bodyOf(terms)), [terms, onBody]);
  const { outcome } = terms;
  return (
    <>
      <NativeSelect
        label={t('demand.outcome')}
        value={outcome}
        error={faultAt('/outcome')}
        onChange={(event) => put({ outcome: event.currentTarget.value })}
        data={outcomes.map((value) => ({ value, label: word('demandState', value) }))}
      />
      {outcome === 'refused' && (
        <NativeSelect
          label={t('demand.reason')}
          value={terms.reason}
          error={faultAt('/reason')}
          onChange={(event) => put({ reason: event.currentTarget.value })}
          data={DEMAND_REFUSALS.map((value) => ({ value, label: word('demandRefusal', value) }))}
        />
      )}
      {(outcome === 'opened' || outcome === 'there') && (
        <TextInput
          label={t('demand.dataset')}
          required
          value={terms.dataset}
          error={faultAt('/dataset')}
          onChange={(event) => put({ dataset: event.currentTarget.value })}
        />
      )}
      {outcome === 'planned' && (
        <TextInput
          type="date"
          label={t('demand.plannedByOptional')}
          value={terms.plannedBy}
          error={faultAt('/plannedBy')}
          onChange={(event) => put({ plannedBy: event.currentTarget.value })}
        />
      )}
      <Textarea
        label={t('command.text')}
        required
        autosize
        minRows={3}
        value={terms.text}
        error={faultAt('/text')}
        onChange={(event) => put({ text: event.currentTarget.value })}
      />
    </>
  );
}
