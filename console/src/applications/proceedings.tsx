import { useTranslation } from 'react-i18next';
import type { Application } from '../api/applications';
import { useCodes } from '../parts/codes';
import { Card, Facts } from '../parts/page';
import { Day } from '../parts/time';

/** Reconsideration and litigation about the rulings of the case, with how each ended. */
export function Proceedings({ application: { proceedings } }: { readonly application: Application }) {
  const { t } = useTranslation();
  const word = useCodes();
  if (proceedings.length === 0) return null;
  return (
    <Card title={t('proceeding.title')}>
      <p className="muted">{t('proceeding.elsewhere')}</p>
      <ul className="stack">
        {proceedings.map(({ kind, forum, filedOn, reference, ended }) => (
          <li key={`${kind} ${filedOn} ${reference}`} data-proceeding={kind}>
            <strong>{word('proceeding', kind)}</strong>
            <Facts
              rows={[
                [t('proceeding.forum'), forum],
                [t('proceeding.filedOn'), <Day at={filedOn} />],
                [t('proceeding.reference'), reference],
                [
                  t('proceeding.outcome'),
                  ended === null ? t('proceeding.open') : word('proceedingOutcome', ended.outcome),
                ],
                [t('proceeding.endedOn'), ended === null ? null : <Day at={ended.on} />],
              ]}
            />
            {ended !== null && <p className="said prose">{ended.text}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
