import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Ruling, similarCasesQuery } from '../api/similar-cases';
import { useCodes } from '../parts/codes';
import { worded } from '../parts/wording';

/** Says that a ruling would be the first of its kind among like cases. It holds nobody back: like cases are treated alike, unlike ones are not. */
export function StandsAlone(props: { readonly application: string; readonly ruling: Ruling | null }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { application, ruling } = props;
  const { data } = useQuery(similarCasesQuery(application, ruling !== null));
  const alone = ruling === null ? [] : (data?.practice ?? []).filter((one) => one.standsAlone.includes(ruling));
  return (
    <div aria-live="polite">
      {alone.map((one) => (
        <p key={one.dataset} className="note note-wait stands-alone">
          {t('similar.standsAlone', {
            count: one.counted,
            dataset: worded(one.title) || one.dataset,
            ruling: word('matterOutcome', ruling),
          })}
        </p>
      ))}
    </div>
  );
}
