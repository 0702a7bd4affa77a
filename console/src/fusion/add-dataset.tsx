import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetsQuery } from '../api/queries';
import { Card } from '../parts/page';
import { Loading } from '../parts/states';
import { Worded, worded } from '../parts/wording';

const SHOWN = 5;

/** Finds another dataset to compare with, by words of its title. */
export function AddDataset(props: { readonly taken: readonly string[]; readonly onAdd: (id: string) => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [q, setQ] = useState('');
  const list = useQuery({ ...datasetsQuery({ q }), enabled: q !== '' });
  const hits = (list.data?.items ?? []).filter(({ id }) => !props.taken.includes(id)).slice(0, SHOWN);
  return (
    <Card title={t('fusion.add')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setQ(words.trim());
        }}
      >
        <TextInput label={t('fusion.words')} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        <div className="row">
          <Button type="submit" variant="default" disabled={words.trim() === ''}>
            {t('action.search')}
          </Button>
        </div>
      </form>
      {q !== '' && list.isPending && <Loading />}
      {list.data !== undefined && q !== '' && hits.length === 0 && <p role="status">{t('search.empty')}</p>}
      <ul className="stack">
        {hits.map(({ id, title }) => (
          <li key={id} className="row">
            <Worded text={title} />
            <Button
              size="compact-md"
              variant="default"
              aria-label={t('fusion.addOne', { dataset: worded(title) })}
              onClick={() => {
                setWords('');
                setQ('');
                props.onAdd(id);
              }}
            >
              {t('fusion.addShort')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
