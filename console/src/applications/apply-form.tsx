import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { ApiProblem } from '../api/problem';
import { type Application, type Dataset, type Purpose, PURPOSES } from '../api/types';
import { useCodes, useKnows } from '../parts/codes';
import { Card } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { addMonths, today } from '../parts/time';
import { beginning, deliveriesOf, draftOf, proofsOf, type Written } from './apply-state';
import { Proofs } from './apply-proofs';
import { ItemChoice } from './item-choice';
import { Warnings } from './warnings';

interface Props {
  readonly records: readonly Dataset[];
  readonly application: Application | null;
}

/** The form of an application: saved as a draft at any time, submitted when nothing stands against it. */
export function ApplyForm({ records, application }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const [written, setWritten] = useState<Written>(() => beginning(records, application));
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }));
  const save = useCommand<Application>();
  const submit = useCommand<Application>();
  const fault = useFault(save.error ?? submit.error, application);
  const { category } = written;

  const store = async (): Promise<Application | null> => {
    if (category === '') return null;
    const body = draftOf(records, { ...written, category });
    return application === null
      ? save.mutateAsync({ path: '/api/applications', body })
      : save.mutateAsync({
          path: `/api/applications/${application.id}`,
          method: 'PATCH',
          body,
          etag: application.etag,
        });
  };
  const keep = async () => {
    submit.reset();
    const kept = await store().catch(() => null);
    if (kept === null) return;
    setSavedAt(new Date().toISOString());
    if (application === null) await navigate({ to: '/apply', search: { draft: kept.id }, replace: true });
  };
  const send = async () => {
    submit.reset();
    const kept = await store().catch(() => null);
    if (kept === null) return;
    const sent = await submit
      .mutateAsync({ path: `/api/applications/${kept.id}/commands/submit`, body: {}, etag: kept.etag })
      .catch(() => null);
    if (sent !== null) await navigate({ to: '/applications/$id', params: { id: sent.id } });
    else if (application === null) await navigate({ to: '/apply', search: { draft: kept.id }, replace: true });
  };
  const busy = save.isPending || submit.isPending;

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Card title={t('apply.purpose')}>
        <NativeSelect
          label={t('apply.category')}
          required
          value={category}
          error={fault('/purpose/category')}
          onChange={(event) => change({ category: event.currentTarget.value as Purpose | '' })}
          data={[
            { value: '', label: t('apply.choose') },
            ...PURPOSES.map((value) => ({ value, label: word('purpose', value) })),
          ]}
        />
        <Textarea
          label={t('apply.scenario')}
          description={t('apply.scenarioHelp')}
          required
          autosize
          minRows={4}
          value={written.scenario}
          error={fault('/purpose/scenario')}
          onChange={(event) => change({ scenario: event.currentTarget.value })}
        />
        <TextInput
          label={t('apply.project')}
          value={written.project}
          error={fault('/purpose/project')}
          onChange={(event) => change({ project: event.currentTarget.value })}
        />
      </Card>
      <Card title={t('apply.what')}>
        {records.map((record) => (
          <ItemChoice
            key={record.id}
            record={record}
            chosen={written.items[record.id] ?? []}
            onChosen={(items) => change({ items: { ...written.items, [record.id]: items } })}
          />
        ))}
        <div className="field-row">
          <NativeSelect
            label={t('apply.delivery')}
            value={written.delivery}
            error={fault('/delivery')}
            onChange={(event) => change({ delivery: event.currentTarget.value as Written['delivery'] })}
            data={deliveriesOf(records).map((value) => ({ value, label: word('delivery', value) }))}
          />
          <TextInput
            type="date"
            label={t('apply.from')}
            value={written.from}
            error={fault('/period/from')}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('apply.to')}
            description={t('apply.toHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            max={addMonths(today(), 24)}
            value={written.to}
            error={fault('/period/to')}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
        </div>
      </Card>
      <Card title={t('apply.safeguards')}>
        <Textarea
          label={t('apply.securityPlan')}
          description={t('apply.securityPlanHelp')}
          autosize
          minRows={3}
          value={written.securityPlan}
          error={fault('/securityPlan')}
          onChange={(event) => change({ securityPlan: event.currentTarget.value })}
        />
        <Proofs
          proofs={proofsOf(records)}
          evidence={written.evidence}
          error={fault('/evidence')}
          onEvidence={(evidence) => change({ evidence })}
        />
      </Card>
      {application !== null && <Warnings warnings={application.warnings} />}
      {save.isError && <ProblemPanel error={save.error} />}
      {submit.isError && <ProblemPanel error={submit.error} />}
      <div className="form-foot">
        <Button type="submit" loading={submit.isPending} disabled={busy || category === ''}>
          {t('apply.submit')}
        </Button>
        <Button
          variant="default"
          onClick={() => void keep()}
          loading={save.isPending}
          disabled={busy || category === ''}
        >
          {t('apply.save')}
        </Button>
        <span className="muted" role="status">
          {savedAt !== null && !busy ? t('apply.saved') : category === '' ? t('apply.chooseFirst') : ''}
        </span>
      </div>
    </form>
  );
}

/** The fault of one field: what the last answer says, or what the saved draft is warned of. */
function useFault(error: unknown, application: Application | null): (pointer: string) => string | undefined {
  const word = useCodes();
  const knows = useKnows();
  const faults =
    error instanceof ApiProblem ? error.errors : (application?.warnings.filter((one) => one.blocking) ?? []);
  return (pointer) => {
    const found = faults.find((one) => one.pointer === pointer || one.pointer?.startsWith(`${pointer}/`));
    if (found === undefined) return undefined;
    return knows('fault', found.code) ? word('fault', found.code) : found.detail;
  };
}
