import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../api/queries';
import { worded } from './wording';

/** Items of a dataset by their titles; an empty list stands for all of it. */
export function ItemNames({ dataset, items }: { readonly dataset: string; readonly items: readonly string[] }) {
  const { t } = useTranslation();
  const record = useQuery({ ...datasetQuery(dataset), enabled: items.length > 0 });
  if (items.length === 0) return <>{t('request.whole')}</>;
  const titleOf = (name: string) => worded(record.data?.items?.find((item) => item.name === name)?.title) || name;
  return <>{items.map(titleOf).join(' · ')}</>;
}
