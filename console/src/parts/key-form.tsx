import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from './codes';
import { faultsOf, useFaults } from './faults';
import { ProblemPanel } from './states';
import { textFields } from './text-fields';

/** What a new key of a machine is for, of which kind, and until when. */
export function KeyForm(props: {
  /** To choose from; without them there is one kind. */
  readonly kinds?: readonly string[];
  readonly dayHelp: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onGive: (body: object) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { kinds = [], error } = props;
  const [given, setGiven] = useState({ kind: kinds[0] ?? '', label: '', day: '' });
  const faultAt = useFaults(faultsOf(error));
  const field = textFields(given, faultAt, (change) => setGiven({ ...given, ...change }));
  const label = given.label.trim();
  return (
    <form
      className="command-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        // A day ends with itself, in Shanghai.
        const ends = given.day === '' ? {} : { expiresAt: `${given.day}T23:59:59.999+08:00` };
        props.onGive({ ...(given.kind !== '' && { kind: given.kind }), label, ...ends });
      }}
    >
      {error !== null && <ProblemPanel error={error} />}
      <TextInput label={t('portals.label')} required maxLength={128} {...field('label')} />
      {kinds.length > 0 && (
        <NativeSelect
          label={t('portals.kind')}
          description={t('portals.kindHelp')}
          data={kinds.map((value) => ({ value, label: word('keyKind', value) }))}
          {...field('kind')}
        />
      )}
      <TextInput label={t('portals.lastDay')} description={props.dayHelp} type="date" {...field('day', 'expiresAt')} />
      <div className="row">
        <Button type="submit" loading={props.busy} disabled={label === ''}>
          {t('portals.make')}
        </Button>
      </div>
    </form>
  );
}
