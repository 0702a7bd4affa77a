import { Textarea, type TextareaProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FaultAt } from './faults';

interface Props extends Pick<TextareaProps, 'label' | 'description' | 'required' | 'minRows' | 'maxLength'> {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly faultAt?: FaultAt;
}

/** Why something is done, in as many words as it takes. */
export function ReasonField({ onText, faultAt, ...more }: Props) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('command.reason')}
      required
      autosize
      minRows={3}
      {...more}
      error={faultAt?.('/reason')}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
