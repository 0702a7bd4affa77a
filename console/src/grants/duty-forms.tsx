import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grant } from '../api/grants';
import type { FormProps } from '../parts/command-panel';
import { worded } from '../parts/wording';

/** What the data were used for, and what was made from them: one product a line. */
export function ReportUseForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [products, setProducts] = useState('');
  const [publish, setPublish] = useState(false);
  useEffect(() => {
    const made = products
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    onBody(text.trim() === '' ? null : { text: text.trim(), products: made, publish });
  }, [text, products, publish, onBody]);
  return (
    <>
      <Textarea
        label={t('duty.use')}
        required
        autosize
        minRows={3}
        value={text}
        error={faultAt('/text')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Textarea
        label={t('duty.products')}
        autosize
        minRows={2}
        value={products}
        error={faultAt('/products')}
        onChange={(event) => setProducts(event.currentTarget.value)}
      />
      <Checkbox
        label={t('duty.publish')}
        checked={publish}
        onChange={(event) => setPublish(event.currentTarget.checked)}
      />
    </>
  );
}

export function SubmitEvidenceForm({ onBody, faultAt, grant }: FormProps & { readonly grant: Grant }) {
  const { t } = useTranslation();
  const conditions = grant.conditions ?? [];
  const [condition, setCondition] = useState(
    conditions.find(({ lapsed }) => lapsed)?.kind ?? conditions[0]?.kind ?? '',
  );
  const [reference, setReference] = useState('');
  const [validUntil, setValidUntil] = useState('');
  useEffect(() => {
    const evidence = { reference: reference.trim(), ...(validUntil === '' ? {} : { validUntil }) };
    onBody(evidence.reference === '' ? null : { condition, evidence });
  }, [condition, reference, validUntil, onBody]);
  return (
    <>
      <NativeSelect
        label={t('duty.condition')}
        value={condition}
        error={faultAt('/condition')}
        onChange={(event) => setCondition(event.currentTarget.value)}
        data={conditions.map(({ kind, text }) => ({ value: kind, label: worded(text) || kind }))}
      />
      <TextInput
        label={t('apply.reference')}
        required
        value={reference}
        error={faultAt('/evidence/reference')}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('apply.validUntil')}
        value={validUntil}
        error={faultAt('/evidence/validUntil')}
        onChange={(event) => setValidUntil(event.currentTarget.value)}
      />
    </>
  );
}

export function CertifyDeletionForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [date, setDate] = useState('');
  const [method, setMethod] = useState('');
  useEffect(() => {
    onBody(date === '' || method.trim() === '' ? null : { date, method: method.trim() });
  }, [date, method, onBody]);
  return (
    <>
      <TextInput
        type="date"
        label={t('duty.deletedOn')}
        required
        value={date}
        error={faultAt('/date')}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <Textarea
        label={t('duty.method')}
        required
        autosize
        minRows={2}
        value={method}
        error={faultAt('/method')}
        onChange={(event) => setMethod(event.currentTarget.value)}
      />
    </>
  );
}
