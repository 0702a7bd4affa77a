import { useTranslation } from 'react-i18next';
import type { Application } from '../api/applications';

type Step = 'draft' | 'acceptance' | 'holder' | 'authority' | 'agreement' | 'done' | 'holderAlone' | 'promise';

const OPENING: readonly Step[] = ['draft', 'acceptance', 'holder', 'authority', 'agreement', 'done'];
/** Between public bodies the holder rules alone; only an objection or an internal review brings a case to the authority. */
const SHARING: readonly Step[] = ['draft', 'acceptance', 'holderAlone', 'promise', 'done'];
const SHARING_REOPENED: readonly Step[] = ['draft', 'acceptance', 'holderAlone', 'authority', 'promise', 'done'];
const STOPPED = new Set(['refused', 'withdrawn', 'abandoned', 'closed']);

function stepsOf({ kind, stage }: Application): readonly Step[] {
  if (kind !== 'sharing') return OPENING;
  return stage === 'authority' ? SHARING_REOPENED : SHARING;
}

function stepOf({ state, stage }: Application): readonly Step[] {
  if (state === 'draft') return ['draft'];
  if (state === 'concluded') return ['done'];
  if (state === 'approved' || state === 'partly-approved') return ['agreement', 'promise'];
  if (stage === 'authority') return ['authority'];
  return stage === 'holder' ? ['holder', 'holderAlone'] : ['acceptance'];
}

/** Where the case stands on its way, at a glance; not shown for one that ended early. */
export function Steps({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  if (STOPPED.has(application.state)) return null;
  const steps = stepsOf(application);
  const now = steps.findIndex((step) => stepOf(application).includes(step));
  return (
    <ol className="steps" aria-label={t('steps.label')}>
      {steps.map((step, at) => {
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
