import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';

const STEPS = ['draft', 'acceptance', 'holder', 'authority', 'agreement', 'done'] as const;
const STOPPED = new Set(['refused', 'withdrawn', 'abandoned', 'closed']);

const stepOf = ({ state, stage }: Application): number => {
  if (state === 'draft') return 0;
  if (state === 'concluded') return 5;
  if (state === 'approved' || state === 'partly-approved') return 4;
  if (stage === 'authority' || state === 'refused') return 3;
  return stage === 'holder' ? 2 : 1;
};

/** Where the case stands on its way, at a glance; not shown for one that ended early. */
export function Steps({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  if (STOPPED.has(application.state)) return null;
  const now = stepOf(application);
  return (
    <ol className="steps" aria-label={t('steps.label')}>
      {STEPS.map((step, at) => {
        const place = at < now || application.state === 'concluded' ? 'done' : at === now ? 'now' : 'later';
        return (
          <li key={step} className={`step-${place}`} aria-current={place === 'now' ? 'step' : undefined}>
            <span className="step-mark" aria-hidden="true">
              {place === 'done' ? '✓' : at + 1}
            </span>
            {t(`steps.${step}`)}
            {place === 'done' && <span className="visually-hidden">{t('steps.isDone')}</span>}
          </li>
        );
      })}
    </ol>
  );
}
