import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/applications';
import type { Attachment } from '../../api/types';
import { Attach } from '../../attachments/attach';
import type { FormProps } from '../../parts/command-panel';
import { useSession } from '../../parts/session';
import { AgreementText } from './agreement-text';

/** The signatory reads the text, sees its version and hash, and accepts exactly these; with a sealed document where asked. */
export function AcceptAgreementForm({
  onBody,
  faultAt,
  application,
}: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const isPerson = me !== null && me?.organisation === null;
  const [read, setRead] = useState(false);
  const [file, setFile] = useState<Attachment | null>(null);
  const { agreement } = application;
  const version = agreement?.version;
  const hash = agreement?.hash;
  const asked = agreement?.execution === 'sealed-document';
  const document = file?.id;
  useEffect(() => {
    const ready = read && (!asked || document !== undefined);
    onBody(ready ? { version, hash, ...(asked ? { document } : {}) } : null);
  }, [read, asked, document, version, hash, onBody]);
  if (agreement === null) return <p>{t('agreement.none')}</p>;
  return (
    <>
      {agreement.execution === 'counter-signature' && <p>{t('agreement.withCounterSignature')}</p>}
      {asked && <p>{t('agreement.withSeal')}</p>}
      <AgreementText
        agreement={agreement}
        label={t(isPerson ? 'agreement.readMyself' : 'agreement.read')}
        read={read}
        onRead={setRead}
      />
      {asked && (
        <Attach
          title={t('agreement.sealed')}
          accept=".pdf"
          files={file === null ? [] : [file]}
          error={faultAt('/document')}
          onFiles={(files) => setFile(files.at(-1) ?? null)}
        />
      )}
    </>
  );
}
