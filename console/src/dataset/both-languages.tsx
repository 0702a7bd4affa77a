import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WrittenText } from './writing';

const FIRST: keyof WrittenText = 'zh';

/** A text in Chinese and English. Where one stays empty, its readers are shown the other. */
export function BothLanguages(props: {
  readonly of:
    | 'title'
    | 'abstract'
    | 'conditionText'
    | 'reason'
    | 'sharingCondition'
    | 'legalBasis'
    | 'sandbox'
    | 'agreementText';
  /** The place of the record that is written here. */
  readonly id?: string;
  readonly help?: string;
  readonly text: WrittenText;
  readonly error: string | undefined;
  readonly onText: (text: WrittenText) => void;
}) {
  const { t } = useTranslation();
  const { of, id, help, text, error, onText } = props;
  const one = (language: keyof WrittenText, other: keyof WrittenText) => (
    <Textarea
      {...(id !== undefined && language === FIRST && { id })}
      label={t(`record.in.${language}.${of}`)}
      description={text[language].trim() === '' && text[other].trim() !== '' ? t('record.otherShown') : help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={of === 'title' ? 1 : 2}
      value={text[language]}
      error={error}
      onChange={(event) => onText({ ...text, [language]: event.currentTarget.value })}
    />
  );
  return (
    <div className="field-row">
      {one('zh', 'en')}
      {one('en', 'zh')}
    </div>
  );
}
