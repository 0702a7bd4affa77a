import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../../parts/command-panel';

export function ConsultForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [whom, setWhom] = useState('');
  const [question, setQuestion] = useState('');
  useEffect(() => {
    const complete = whom.trim() !== '' && question.trim() !== '';
    onBody(complete ? { with: whom.trim(), question: question.trim() } : null);
  }, [whom, question, onBody]);
  return (
    <>
      <TextInput
        label={t('consult.with')}
        required
        value={whom}
        error={faultAt('/with')}
        onChange={(event) => setWhom(event.currentTarget.value)}
      />
      <Textarea
        label={t('consult.question')}
        required
        autosize
        minRows={3}
        value={question}
        error={faultAt('/question')}
        onChange={(event) => setQuestion(event.currentTarget.value)}
      />
    </>
  );
}
