import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../parts/command-panel';

/** A remark that may be left out: how the evidence was checked. */
export function RemarkForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  useEffect(() => {
    onBody(text.trim() === '' ? {} : { remark: text.trim() });
  }, [text, onBody]);
  return (
    <Textarea
      label={t('proofs.remark')}
      autosize
      minRows={2}
      value={text}
      error={faultAt('/remark')}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
