import { Checkbox, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/applications';
import type { FormProps } from '../../parts/command-panel';
import { speaksFor, useSession } from '../../parts/session';

/** Only those who handle the case may keep a remark among themselves. */
export function RemarkForm({ onBody, faultAt, application }: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const [text, setText] = useState('');
  const [inner, setInner] = useState(false);
  const handles = !speaksFor(me, application.applicant.id);
  useEffect(
    () => onBody(text.trim() === '' ? null : { text: text.trim(), private: inner && handles }),
    [text, inner, handles, onBody],
  );
  return (
    <>
      <Textarea
        label={t('command.text')}
        required
        autosize
        minRows={3}
        value={text}
        error={faultAt('/text')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {handles && (
        <Checkbox
          label={t('remark.private')}
          checked={inner}
          onChange={(event) => setInner(event.currentTarget.checked)}
        />
      )}
    </>
  );
}
