import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../i18n';
import { LANGUAGES, language } from '../language';

/** The name of each language in itself: these two words are the same in every message file. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return (
    <div className="language-switch" role="group" aria-label={t('shell.language')}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language()}
          onClick={() => void switchLanguage(one).then(() => queryClient.invalidateQueries())}
        >
          {t(`shell.languages.${one}`)}
        </button>
      ))}
    </div>
  );
}
