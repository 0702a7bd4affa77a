import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../../parts/command-panel';

export function ReassignForm({ onBody }: FormProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  useEffect(() => onBody(to.trim() === '' ? null : { to: to.trim() }), [to, onBody]);
  return (
    <TextInput
      label={t('reassign.to')}
      description={t('reassign.help')}
      required
      value={to}
      onChange={(event) => setTo(event.currentTarget.value)}
    />
  );
}
