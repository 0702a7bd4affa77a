import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { candidatesQuery } from '../../api/queries';
import type { Candidates } from '../../api/applications';
import type { FormProps } from '../../parts/command-panel';
import { Waiting } from '../../parts/waiting';
import { worded } from '../../parts/wording';

interface Props extends FormProps {
  readonly application: string;
  /** Whom a case passes to (`to`), or who joins or leaves the users of the data (`subject`). */
  readonly name: 'to' | 'subject';
  readonly among: keyof Candidates;
}

/** Names a person, chosen among those whom the server would take. */
export function PersonForm({ application, onBody, faultAt, name, among }: Props) {
  const { t } = useTranslation();
  const candidates = useQuery(candidatesQuery(application));
  const [person, setPerson] = useState('');
  useEffect(() => onBody(person === '' ? null : { [name]: person }), [person, name, onBody]);
  if (candidates.data === undefined) return <Waiting query={candidates} />;
  const people = candidates.data[among];
  if (people.length === 0) return <p className="muted">{t('person.nobody')}</p>;
  return (
    <NativeSelect
      label={t('person.label')}
      description={t(`person.${among}`)}
      required
      value={person}
      error={faultAt(`/${name}`)}
      data={[
        { value: '', label: t('person.choose') },
        ...people.map((one) => ({ value: one.id, label: worded(one.name) || one.id })),
      ]}
      onChange={(event) => setPerson(event.currentTarget.value)}
    />
  );
}
