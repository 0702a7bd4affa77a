import { useTranslation } from 'react-i18next';
import { TextLink } from '../shell/link-button';

/** Back to the case from which somebody came to compare its datasets. */
export function ToCase({ application }: { readonly application: string | undefined }) {
  const { t } = useTranslation();
  if (application === undefined) return null;
  return (
    <TextLink to="/applications/$id" params={{ id: application }}>
      ← {t('fusion.toCase')}
    </TextLink>
  );
}
