import { Radio, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/applications';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';
import { textFields } from '../../parts/text-fields';
import { today } from '../../parts/time';
import { KindChoice, kindsOf } from './proceeding-form';

const OUTCOMES = ['upheld', 'changed', 'annulled', 'withdrawn', 'settled'] as const;

/** How the open proceeding of a kind ended. */
export function ProceedingEndForm({ onBody, faultAt, application }: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  const kinds = kindsOf(application, 'open');
  const [chosen, setChosen] = useState('');
  const [outcome, setOutcome] = useState('');
  const [said, setSaid] = useState({ on: '', text: '' });
  const field = textFields(said, faultAt, (change) => setSaid({ ...said, ...change }));
  const kind = kinds.length === 1 ? (kinds[0] ?? '') : chosen;
  useEffect(() => {
    const body = { kind, outcome, on: said.on, text: said.text.trim() };
    onBody(Object.values(body).includes('') ? null : body);
  }, [kind, outcome, said, onBody]);
  return (
    <>
      <KindChoice kinds={kinds} kind={kind} error={faultAt('/kind')} onKind={setChosen} />
      <Radio.Group label={t('proceeding.outcome')} value={outcome} onChange={setOutcome} required>
        <div className="choices">
          {OUTCOMES.map((one) => (
            <Radio key={one} value={one} label={word('proceedingOutcome', one)} />
          ))}
        </div>
      </Radio.Group>
      <TextInput type="date" label={t('proceeding.endedOn')} required max={today()} {...field('on')} />
      <Textarea label={t('proceeding.text')} required autosize minRows={3} {...field('text')} />
    </>
  );
}
