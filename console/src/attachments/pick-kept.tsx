import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { documentsQuery } from '../api/evidence';
import type { Attachment } from '../api/types';

/** An attachment is what the ending of its name says: any other was refused when it was sent. */
const endsIn = (accept: string, name: string): boolean =>
  accept.split(',').some((ending) => name.toLowerCase().endsWith(ending));

/** Documents that the organisation keeps already and that are asked for here; those that are named stand in no choice. */
export function PickKept(props: {
  readonly files: readonly Attachment[];
  /** Endings of names, commas between. */
  readonly accept: string;
  readonly onPick: (file: Attachment) => void;
}) {
  const { t } = useTranslation();
  const kept = useQuery(documentsQuery());
  const free = (kept.data?.items ?? []).filter(
    ({ id, name }) => endsIn(props.accept, name) && !props.files.some((file) => file.id === id),
  );
  if (free.length === 0) return null;
  return (
    <NativeSelect
      label={t('attachments.kept')}
      value=""
      onChange={(event) => {
        const picked = free.find(({ id }) => id === event.currentTarget.value);
        if (picked !== undefined) props.onPick(picked);
      }}
      data={[
        { value: '', label: t('apply.choose') },
        ...free.map(({ id, name, uploadedAt }) => ({ value: id, label: `${name} (${uploadedAt.slice(0, 10)})` })),
      ]}
    />
  );
}
