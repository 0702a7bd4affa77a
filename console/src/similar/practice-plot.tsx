import { useTranslation } from 'react-i18next';
import type { Practice } from '../api/similar-cases';
import { dayText } from '../parts/time';
import { worded } from '../parts/wording';

const WIDTH = 100;

/** How like cases on each dataset ended: a sentence that says everything, and a bar that shows it. */
export function PracticePlot({ practice }: { readonly practice: readonly Practice[] }) {
  const { t } = useTranslation();
  const told = practice.filter(({ counted }) => counted > 0);
  if (told.length === 0) return <p>{t('similar.noPractice')}</p>;
  return (
    <ul className="practice">
      {told.map((one) => (
        <li key={one.dataset}>
          <p>
            {t('similar.practice', {
              dataset: worded(one.title) || one.dataset,
              count: one.counted,
              approved: one.approved,
              inPart: one.approvedInPart,
              refused: one.refused,
              since: dayText(one.since),
            })}
          </p>
          <Bar practice={one} />
        </li>
      ))}
    </ul>
  );
}

/** Approved, in part, refused from left to right; the three differ in pattern and not in colour alone. */
function Bar({ practice: { approved, approvedInPart, refused, counted } }: { readonly practice: Practice }) {
  const wide = (count: number): number => (count / counted) * WIDTH;
  const [first, second, third] = [wide(approved), wide(approvedInPart), wide(refused)];
  return (
    <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width={first} height="10" className="practice-approved" />
      <rect x={first} y="0" width={second} height="10" className="practice-part" />
      <rect x={first} y="5" width={second} height="5" className="practice-approved" />
      <rect x={first + second} y="0" width={third} height="10" className="practice-refused" />
    </svg>
  );
}
