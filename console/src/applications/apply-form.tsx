import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { Application } from '../api/applications';
import type { Dataset } from '../api/datasets';
import { type Purpose, PURPOSES } from '../api/types';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { Card } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { addMonths, today } from '../parts/time';
import { deliveriesOf, formFor, proofsOf, type Written } from './apply-state';
import type { PurposeForm } from '../api/forms';
import { Attach } from '../attachments/attach';
import { FormFields } from '../forms/form-fields';
import { worded } from '../parts/wording';
import { OfAnotherKind } from './of-another-kind';
import { Proofs } from './apply-proofs';
import { ItemChoice } from './item-choice';
import { SharingNote } from './sharing-note';
import { useDraft } from './use-draft';
import { Warnings } from './warnings';

interface Props {
  readonly records: readonly Dataset[];
  readonly opened: Application | null;
  /** A public body asks another one. */
  readonly sharing: boolean;
  /** The forms of purposes in force. */
  readonly forms: readonly PurposeForm[];
  /** A draft that is new on the server: its address is this page's from now on. */
  readonly onCreated: (id: string) => void;
}

/** The form of an application: kept as a draft field by field, submitted when nothing stands against it. */
export function ApplyForm({ records, opened, sharing, forms, onCreated }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const { written, application, save, unsaved, change, store } = useDraft({ records, opened, sharing, forms });
  const asked = formFor(written.category, forms, application);
  const submit = useCommand<Application>();
  const refusal = save.error ?? submit.error;
  const warned = application?.warnings.filter((one) => one.blocking) ?? [];
  const fault = useFaults(refusal === null ? warned : faultsOf(refusal));
  const unchosen = written.category === '';
  const succession = application?.succeeds?.kind ?? null;
  const form = useRef<HTMLFormElement>(null);
  // A refused submission leads to the first field that stands against it.
  useEffect(() => {
    if (submit.isError) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [submit.isError]);

  const keep = async (): Promise<Application | null> => {
    submit.reset();
    const kept = await store();
    if (kept !== null && application === null) onCreated(kept.id);
    return kept;
  };
  const send = async () => {
    const kept = await keep();
    if (kept === null) return;
    const sent = await submit
      .mutateAsync({ path: `/api/applications/${kept.id}/commands/submit`, body: {}, etag: kept.etag })
      .catch(() => null);
    if (sent !== null) await navigate({ to: '/applications/$id', params: { id: sent.id }, ignoreBlocker: true });
  };
  const progress = (): string => {
    if (unchosen) return t('apply.chooseFirst');
    if (save.isPending) return t('apply.saving');
    return unsaved ? t('apply.unsaved') : t('apply.saved');
  };

  return (
    <form
      ref={form}
      noValidate
      className="stack"
      onBlur={({ relatedTarget }) => {
        // A button saves by itself; saving twice in one move would go over a change that nobody has seen.
        if (unsaved && !unchosen && !(relatedTarget instanceof HTMLButtonElement)) void keep();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {sharing && <SharingNote records={records} />}
      {succession !== null && <p className="note note-wait">{t(`apply.${succession}`)}</p>}
      <Card title={t('apply.purpose')}>
        <NativeSelect
          label={t('apply.category')}
          required
          value={written.category}
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
      {asked !== null && (
        <Card title={worded(asked.title)}>
          {!asked.obligatory && <p className="muted">{t('forms.optional')}</p>}
          <FormFields
            form={asked}
            answers={written.answers}
            fault={fault}
            onAnswers={(answers) => change({ answers })}
          />
        </Card>
      )}
      <Card title={t('apply.what')}>
        {records.map((record) => (
          <ItemChoice
            key={record.id}
            record={record}
            itemsOnly={!sharing && record.tier === 'restricted'}
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
            disabled={succession !== null}
            value={written.from}
            error={fault('/period/from')}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('apply.to')}
            description={t('apply.toHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            disabled={succession === 'amendment'}
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
        <Attach files={written.files} error={fault('/attachments')} onFiles={(files) => change({ files })} />
      </Card>
      <OfAnotherKind records={records} />
      {application !== null && <Warnings warnings={application.warnings} />}
      {refusal !== null && <ProblemPanel error={refusal} />}
      <div className="form-foot">
        <Button type="submit" loading={submit.isPending} disabled={unchosen}>
          {t('apply.submit')}
        </Button>
        <Button variant="default" onClick={() => void keep()} disabled={unchosen || submit.isPending}>
          {t('apply.save')}
        </Button>
        <span className="muted" role="status">
          {progress()}
        </span>
      </div>
    </form>
  );
}
