import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from './command-panel';

/** A form of one text. */
export function SaidForm(
  props: FormProps & { readonly name: 'text' | 'reason' | 'view'; readonly optional?: boolean },
) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { name, onBody, faultAt, optional = false } = props;
  useEffect(() => {
    const said = text.trim();
    if (said !== '') onBody({ [name]: said });
    else onBody(optional ? {} : null);
  }, [text, name, optional, onBody]);
  const reason = t(optional ? 'command.reasonOptional' : 'command.reason');
  const label = { text: t('command.text'), view: t('command.view'), reason }[name];
  return (
    <Textarea
      label={label}
      required={!optional}
      autosize
      minRows={3}
      value={text}
      error={faultAt(`/${name}`)}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
