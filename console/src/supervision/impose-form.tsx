import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Step, type Violation } from '../api/supervision';
import { DELIVERIES } from '../api/types';
import { useCodes } from '../parts/codes';
import type { CommandBody, FormProps } from '../parts/command-panel';
import { ReasonField } from '../parts/reason-field';

interface Terms {
  readonly step: Step;
  readonly reason: string;
  readonly cureBy: string;
  readonly until: string;
  readonly quota: number | null;
  readonly delivery: string;
  /** Of a restriction: the dataset of the grant only, where the violation concerns one. */
  readonly everything: boolean;
}

/** Only what the step has; null while something it needs is missing. */
function bodyOf(terms: Terms, dataset: string | null): CommandBody | null {
  const { step, cureBy, until, quota, delivery } = terms;
  const reason = terms.reason.trim();
  const end = until === '' ? {} : { until };
  if (reason === '') return null;
  switch (step) {
    case 'warning':
      return cureBy === '' ? null : { step, reason, cureBy };
    case 'limit': {
      const left = { ...(quota === null ? {} : { quota }), ...(delivery === '' ? {} : { delivery }) };
      return Object.keys(left).length === 0 ? null : { step, reason, ...left, ...end };
    }
    case 'suspend':
      return { step, reason, ...end };
    case 'restrict': {
      const datasets = terms.everything || dataset === null ? {} : { datasets: [dataset] };
      return until === '' ? null : { step, reason, ...end, ...datasets };
    }
    default:
      return { step, reason };
  }
}

/** A measure of the ladder with the terms it has. */
export function ImposeForm({ onBody, faultAt, violation }: FormProps & { readonly violation: Violation }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { steps } = violation.ladder;
  const [terms, setTerms] = useState<Terms>({
    step: steps[0] ?? 'notice',
    reason: '',
    cureBy: '',
    until: '',
    quota: null,
    delivery: '',
    everything: violation.dataset === null,
  });
  const put = (change: Partial<Terms>) => setTerms((before) => ({ ...before, ...change }));
  useEffect(() => onBody(bodyOf(terms, violation.dataset)), [terms, violation.dataset, onBody]);
  const { step } = terms;
  return (
    <>
      {violation.ladder.earlier > 0 && (
        <p className="muted">{t('violation.earlier', { count: violation.ladder.earlier })}</p>
      )}
      <NativeSelect
        label={t('violation.step')}
        value={step}
        error={faultAt('/step')}
        onChange={(event) => put({ step: event.currentTarget.value as Step })}
        data={steps.map((one) => ({ value: one, label: word('step', one) }))}
      />
      <p className="muted">{word('stepHelp', step)}</p>
      {step === 'warning' && (
        <TextInput
          type="date"
          label={t('violation.cureBy')}
          required
          value={terms.cureBy}
          error={faultAt('/cureBy')}
          onChange={(event) => put({ cureBy: event.currentTarget.value })}
        />
      )}
      {step === 'limit' && <LimitFields terms={terms} put={put} faultAt={faultAt} />}
      {step === 'restrict' && violation.dataset !== null && (
        <NativeSelect
          label={t('sanction.datasets')}
          value={terms.everything ? 'all' : 'one'}
          onChange={(event) => put({ everything: event.currentTarget.value === 'all' })}
          data={[
            { value: 'one', label: t('sanction.thisDataset') },
            { value: 'all', label: t('sanction.allDatasets') },
          ]}
        />
      )}
      {(step === 'limit' || step === 'suspend' || step === 'restrict') && (
        <TextInput
          type="date"
          label={t(step === 'restrict' ? 'sanction.until' : 'sanction.untilOptional')}
          required={step === 'restrict'}
          value={terms.until}
          error={faultAt('/until')}
          onChange={(event) => put({ until: event.currentTarget.value })}
        />
      )}
      <ReasonField value={terms.reason} onText={(reason) => put({ reason })} faultAt={faultAt} />
    </>
  );
}

function LimitFields(props: {
  readonly terms: Terms;
  readonly put: (change: Partial<Terms>) => void;
  readonly faultAt: FormProps['faultAt'];
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { terms, put, faultAt } = props;
  return (
    <>
      <NumberInput
        label={t('limit.quota')}
        min={0}
        allowDecimal={false}
        value={terms.quota ?? ''}
        error={faultAt('/quota')}
        onChange={(value) => put({ quota: typeof value === 'number' ? value : null })}
      />
      <NativeSelect
        label={t('limit.delivery')}
        value={terms.delivery}
        error={faultAt('/delivery')}
        onChange={(event) => put({ delivery: event.currentTarget.value })}
        data={[
          { value: '', label: t('limit.unchanged') },
          ...DELIVERIES.map((value) => ({ value, label: word('delivery', value) })),
        ]}
      />
    </>
  );
}
