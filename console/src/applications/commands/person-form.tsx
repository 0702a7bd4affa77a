import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../../parts/command-panel';

/** Names a person: whom a case passes to (`to`), or who joins or leaves the users of the data (`subject`). */
export function PersonForm({ onBody, faultAt, name }: FormProps & { readonly name: 'to' | 'subject' }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState('');
  useEffect(() => onBody(person.trim() === '' ? null : { [name]: person.trim() }), [person, name, onBody]);
  return (
    <TextInput
      label={t('person.id')}
      description={name === 'to' ? t('person.samePost') : t('person.ofApplicant')}
      required
      value={person}
      error={faultAt(`/${name}`)}
      onChange={(event) => setPerson(event.currentTarget.value)}
    />
  );
}
