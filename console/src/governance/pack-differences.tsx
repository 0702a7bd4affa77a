import './governance.css';
import { useTranslation } from 'react-i18next';
import type { PackDifference } from '../api/governance';
import type { Wording } from '../api/types';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { worded } from '../parts/wording';

/** What a version changes in the law, one by one: whoever publishes it reads this before what it would do. */
export function PackDifferences({ differs }: { readonly differs: readonly PackDifference[] | undefined }) {
  const { t } = useTranslation();
  return (
    <Card title={t('packs.differs')}>
      <p className="muted">{t(differs === undefined ? 'packs.noBase' : 'packs.differsFrom')}</p>
      <ul className="rows" data-differs>
        {differs?.map((one) => (
          <Difference key={`${one.part}/${one.key}`} of={one} />
        ))}
      </ul>
    </Card>
  );
}

/** The words of a rule, a code or a kind of column. */
const textIn = (value: unknown): string => {
  const { text, label, title } = (value ?? {}) as Readonly<Partial<Record<'text' | 'label' | 'title', Wording>>>;
  return worded(text ?? label ?? title);
};
const written = (value: unknown): string => JSON.stringify(value, null, 2);

function Difference({ of: { part, key, change, before, after } }: { readonly of: PackDifference }) {
  const { t } = useTranslation();
  const word = useCodes();
  const text = textIn(after ?? before);
  return (
    <li className="row-card difference">
      <div className="row-main">
        <p className="row-title">
          {word('packChange', change)}: {word('packPart', part)} {key !== '' && <code>{key}</code>}
        </p>
        {text !== '' && <p>{text}</p>}
        {before !== null && (
          <details open={change === 'removed'}>
            <summary>{t('packs.before')}</summary>
            <pre className="mono">{written(before)}</pre>
          </details>
        )}
        {after !== null && (
          <details open={change === 'added'}>
            <summary>{t('packs.after')}</summary>
            <pre className="mono">{written(after)}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
