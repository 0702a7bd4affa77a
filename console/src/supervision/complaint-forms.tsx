import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Complaint, FINDINGS, QUALITY_OUTCOMES, RIGHTS_OUTCOMES } from '../api/complaints';
import { datasetQuery } from '../api/queries';
import { ItemChoice } from '../applications/item-choice';
import { useCodes } from '../parts/codes';
import type { FormProps } from '../parts/command-panel';

function Words(props: {
  readonly label: string;
  readonly value: string;
  readonly error: React.ReactNode;
  readonly onChange: (text: string) => void;
}) {
  return (
    <Textarea
      label={props.label}
      required
      autosize
      minRows={3}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** The holder's answer to an objection to quality: mended, with its day, or not accepted. */
export function AnswerForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const word = useCodes();
  const [outcome, setOutcome] = useState<string>(QUALITY_OUTCOMES[0]);
  const [text, setText] = useState('');
  const [mendedOn, setMendedOn] = useState('');
  useEffect(() => {
    const said = text.trim();
    const missing = said === '' || (outcome === 'mended' && mendedOn === '');
    onBody(missing ? null : { outcome, text: said, ...(outcome === 'mended' && { mendedOn }) });
  }, [outcome, text, mendedOn, onBody]);
  return (
    <>
      <NativeSelect
        label={t('complaint.outcome')}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        data={QUALITY_OUTCOMES.map((value) => ({ value, label: word('complaintOutcome', value) }))}
      />
      {outcome === 'mended' && (
        <TextInput
          type="date"
          label={t('complaint.mendedOn')}
          required
          value={mendedOn}
          error={faultAt('/mendedOn')}
          onChange={(event) => setMendedOn(event.currentTarget.value)}
        />
      )}
      <Words label={t('complaint.answer')} value={text} error={faultAt('/text')} onChange={setText} />
    </>
  );
}

/** What looking into a complaint has shown. */
export function VerifyForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const word = useCodes();
  const [finding, setFinding] = useState<string>(FINDINGS[0]);
  const [remark, setRemark] = useState('');
  useEffect(() => {
    const said = remark.trim();
    onBody(said === '' ? null : { finding, remark: said });
  }, [finding, remark, onBody]);
  return (
    <>
      <NativeSelect
        label={t('complaint.finding')}
        value={finding}
        onChange={(event) => setFinding(event.currentTarget.value)}
        data={FINDINGS.map((value) => ({ value, label: word('finding', value) }))}
      />
      <Words label={t('complaint.remark')} value={remark} error={faultAt('/remark')} onChange={setRemark} />
    </>
  );
}

/** The authority's decision, with what it does to the data. */
export function RuleForm({ onBody, faultAt, complaint }: FormProps & { readonly complaint: Complaint }) {
  const { t } = useTranslation();
  const word = useCodes();
  const record = useQuery(datasetQuery(complaint.dataset));
  const [outcome, setOutcome] = useState<string>(RIGHTS_OUTCOMES[0]);
  const [text, setText] = useState('');
  const [items, setItems] = useState<readonly string[]>(complaint.items);
  const [manifestly, setManifestly] = useState(false);
  useEffect(() => {
    const said = text.trim();
    const treats = outcome === 'treat-and-reopen' && { items };
    const unfounded = outcome === 'resume' && manifestly && { manifestly };
    onBody(said === '' ? null : { outcome, text: said, ...treats, ...unfounded });
  }, [outcome, text, items, manifestly, onBody]);
  return (
    <>
      <NativeSelect
        label={t('complaint.outcome')}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        data={RIGHTS_OUTCOMES.map((value) => ({ value, label: word('complaintOutcome', value) }))}
      />
      {outcome === 'treat-and-reopen' && record.data !== undefined && (
        <ItemChoice record={record.data} chosen={items} onChosen={setItems} />
      )}
      {outcome === 'resume' && (
        <Checkbox
          label={t('complaint.manifestly')}
          checked={manifestly}
          onChange={(event) => setManifestly(event.currentTarget.checked)}
        />
      )}
      <Words label={t('complaint.reply')} value={text} error={faultAt('/text')} onChange={setText} />
    </>
  );
}
