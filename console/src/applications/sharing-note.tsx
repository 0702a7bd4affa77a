import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { Worded } from '../parts/wording';

/** What a body should know that asks another one: the promise that comes, who rules, and under which condition. */
export function SharingNote({ records }: { readonly records: readonly Dataset[] }) {
  const { t } = useTranslation();
  const stated = records.filter(({ sharingConditionWording }) => sharingConditionWording !== undefined);
  return (
    <div className="note note-wait">
      <p>{t('sharing.note')}</p>
      {stated.length > 0 && (
        <ul>
          {stated.map((record) => (
            <li key={record.id}>
              <Worded text={record.title} />: <Worded text={record.sharingConditionWording} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
