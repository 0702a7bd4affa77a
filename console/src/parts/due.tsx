import { useTranslation } from 'react-i18next';
import { Day, daysUntil } from './time';

/** A due day and how far off it is, in calendar days; what has passed says so in words. */
export function Due({ day }: { readonly day: string }) {
  const { t } = useTranslation();
  const left = daysUntil(day);
  const tone = left < 0 ? 'due due-late' : left <= 2 ? 'due due-soon' : 'due';
  return (
    <span className={tone}>
      <Day at={day} />
      <small>
        {left < 0 ? t('due.late', { count: -left }) : left === 0 ? t('due.today') : t('due.left', { count: left })}
      </small>
    </span>
  );
}
