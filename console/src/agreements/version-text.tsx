import { useTranslation } from 'react-i18next';
import type { AgreementTemplate } from '../api/record';
import { Worded, worded } from '../parts/wording';

/** What a version says, folded. */
export function VersionText({ title, text }: Pick<AgreementTemplate, 'title' | 'text'>) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('agreement.text')}</summary>
      <section className="agreement" tabIndex={0} aria-label={worded(title)}>
        <Worded text={text} />
      </section>
    </details>
  );
}
