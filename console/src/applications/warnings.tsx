import { useTranslation } from 'react-i18next';
import type { Warning } from '../api/applications';
import { useCodes, useKnows } from '../parts/codes';
import { TextLink } from '../shell/link-button';

/** What would stand against submitting, said while there is time to mend it. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const { t } = useTranslation();
  const word = useCodes();
  const knows = useKnows();
  if (warnings.length === 0) return <p className="note note-good">{t('apply.ready')}</p>;
  return (
    <div className="note note-wait">
      <strong>{t(warnings.some(({ blocking }) => blocking) ? 'apply.warnings' : 'apply.hints')}</strong>
      <ul className="bullets">
        {warnings.map((warning, index) => (
          <li key={index}>
            {knows('fault', warning.code) ? word('fault', warning.code) : warning.detail}
            {warning.linked !== undefined && (
              <>
                {' '}
                <TextLink to="/applications/$id" params={{ id: warning.linked.id }}>
                  {warning.linked.number ?? t('applications.open')}
                </TextLink>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
