import { Radio, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';

const OUTCOMES = ['upheld', 'reopened'] as const;

export function DecideAppealForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const word = useCodes();
  const [outcome, setOutcome] = useState('');
  const [reason, setReason] = useState('');
  useEffect(
    () => onBody(outcome === '' || reason.trim() === '' ? null : { outcome, reason: reason.trim() }),
    [outcome, reason, onBody],
  );
  return (
    <>
      <Radio.Group
        label={t('appeal.outcome')}
        value={outcome}
        error={faultAt('/outcome')}
        onChange={setOutcome}
        required
      >
        <div className="choices">
          {OUTCOMES.map((one) => (
            <Radio key={one} value={one} label={word('appealOutcome', one)} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t('appeal.reason')}
        autosize
        minRows={3}
        required
        value={reason}
        error={faultAt('/reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </>
  );
}
