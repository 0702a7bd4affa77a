import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findOrganisation, organisationQuery } from '../api/portals';
import { ProblemPanel } from '../parts/states';
import { worded } from '../parts/wording';

/** An organisation is named by its code: there may be thousands of them. */
export function PickOrganisation({ onPick }: { readonly onPick: (id: string) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const find = useMutation({
    mutationFn: findOrganisation,
    onSuccess: (found) => {
      if (found === undefined) return;
      setCode('');
      onPick(found.id);
    },
  });
  const look = () => code.trim() !== '' && find.mutate(code.trim());
  return (
    <>
      {find.isError && <ProblemPanel error={find.error} />}
      <TextInput
        label={t('portals.code')}
        description={t('portals.codeHelp')}
        maxLength={64}
        value={code}
        error={find.isSuccess && find.data === undefined ? t('portals.noneFound') : undefined}
        onChange={(event) => {
          find.reset();
          setCode(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          look();
        }}
      />
      <div className="row">
        <Button variant="default" onClick={look} loading={find.isPending} disabled={code.trim() === ''}>
          {t('portals.pick')}
        </Button>
      </div>
    </>
  );
}

/** Organisations by their names, each with a way to leave it out where that is offered. */
export function OrganisationNames(props: {
  readonly ids: readonly string[];
  readonly onRemove?: (id: string) => void;
}) {
  return (
    <ul className="rows">
      {props.ids.map((id) => (
        <Named key={id} id={id} onRemove={props.onRemove} />
      ))}
    </ul>
  );
}

function Named({ id, onRemove }: { readonly id: string; readonly onRemove: ((id: string) => void) | undefined }) {
  const { t } = useTranslation();
  const found = useQuery(organisationQuery(id)).data;
  const name = worded(found?.name) || id;
  return (
    <li className="row">
      <span>{name}</span>
      {found?.creditCode && <span className="mono muted">{found.creditCode}</span>}
      {onRemove !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('portals.leaveOut', { name })}
          onClick={() => onRemove(id)}
        >
          {t('action.remove')}
        </Button>
      )}
    </li>
  );
}
