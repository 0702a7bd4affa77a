import { NativeSelect, NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DELIVERIES } from '../api/types';
import { useCodes } from '../parts/codes';
import type { FormProps } from '../parts/command-panel';
import { ReasonField } from '../parts/reason-field';

export function LimitForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const word = useCodes();
  const [reason, setReason] = useState('');
  const [quota, setQuota] = useState<number | null>(null);
  const [delivery, setDelivery] = useState('');
  useEffect(() => {
    const limits = { ...(quota === null ? {} : { quota }), ...(delivery === '' ? {} : { delivery }) };
    onBody(reason.trim() === '' || Object.keys(limits).length === 0 ? null : { reason: reason.trim(), ...limits });
  }, [reason, quota, delivery, onBody]);
  return (
    <>
      <NumberInput
        label={t('limit.quota')}
        min={0}
        allowDecimal={false}
        value={quota ?? ''}
        error={faultAt('/quota')}
        onChange={(value) => setQuota(typeof value === 'number' ? value : null)}
      />
      <NativeSelect
        label={t('limit.delivery')}
        value={delivery}
        error={faultAt('/delivery')}
        onChange={(event) => setDelivery(event.currentTarget.value)}
        data={[
          { value: '', label: t('limit.unchanged') },
          ...DELIVERIES.map((value) => ({ value, label: word('delivery', value) })),
        ]}
      />
      <ReasonField value={reason} onText={setReason} faultAt={faultAt} />
    </>
  );
}
