import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/applications';
import { FileList } from '../../attachments/file-list';
import type { FormProps } from '../../parts/command-panel';
import { AgreementText } from './agreement-text';

/** The holder reads what the signatory accepted, with the sealed document where there is one, and signs exactly that. */
export function CounterSignForm({ onBody, application }: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const [read, setRead] = useState(false);
  const { agreement, attachmentFiles } = application;
  const version = agreement?.version;
  const hash = agreement?.hash;
  useEffect(() => onBody(read ? { version, hash } : null), [read, version, hash, onBody]);
  if (agreement === null) return <p>{t('agreement.none')}</p>;
  const sealed = attachmentFiles.filter(({ id }) => id === agreement.accepted?.document);
  return (
    <>
      <FileList files={sealed} />
      <AgreementText
        agreement={agreement}
        label={t(sealed.length > 0 ? 'agreement.confirmSealed' : 'agreement.signForHolder')}
        read={read}
        onRead={setRead}
      />
    </>
  );
}
