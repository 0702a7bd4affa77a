import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';
import { StandsAlone } from '../../similar/stands-alone';

export const REFUSAL_CODES = [
  'purpose-not-covered',
  'items-excessive',
  'conditions-not-met',
  'security-insufficient',
  'credit-record',
  'rights-of-others',
  'duplicate',
  'other',
] as const;

interface Reason {
  readonly code: string;
  readonly text: string;
}

/** Coded reasons, which the public register counts, each with its own words to the applicant. */
export function RefuseForm({ onBody, faultAt, application }: FormProps & { readonly application: string }) {
  const { t } = useTranslation();
  const word = useCodes();
  const [reasons, setReasons] = useState<readonly Reason[]>([{ code: REFUSAL_CODES[0], text: '' }]);
  useEffect(() => {
    const complete = reasons.every(({ text }) => text.trim() !== '');
    onBody(complete ? { reasons: reasons.map(({ code, text }) => ({ code, text: text.trim() })) } : null);
  }, [reasons, onBody]);
  const change = (at: number, part: Partial<Reason>) =>
    setReasons((before) => before.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <>
      <StandsAlone application={application} ruling="refused" />
      {reasons.map((reason, at) => (
        <fieldset key={at} className="proof">
          <legend>{t('refuse.nth', { n: at + 1 })}</legend>
          <NativeSelect
            label={t('refuse.code')}
            value={reason.code}
            error={faultAt(`/reasons/${at}/code`)}
            onChange={(event) => change(at, { code: event.currentTarget.value })}
            data={REFUSAL_CODES.map((value) => ({ value, label: word('refusalReason', value) }))}
          />
          <Textarea
            label={t('refuse.text')}
            required
            autosize
            minRows={2}
            value={reason.text}
            error={faultAt(`/reasons/${at}/text`)}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
          />
          {reasons.length > 1 && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => setReasons((before) => before.filter((_, index) => index !== at))}
            >
              {t('action.remove')}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => setReasons((before) => [...before, { code: REFUSAL_CODES[0], text: '' }])}
      >
        {t('refuse.more')}
      </Button>
    </>
  );
}
