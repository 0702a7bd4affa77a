import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementQuery } from '../../api/queries';
import type { Application } from '../../api/types';
import type { FormProps } from '../../parts/command-panel';
import { useSession } from '../../parts/session';
import { Loading, ProblemPanel } from '../../parts/states';
import { Worded } from '../../parts/wording';

/** The signatory reads the text, sees its version and hash, and accepts exactly these. */
export function AcceptAgreementForm({ onBody, application }: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const isPerson = me !== null && me?.organisation === null;
  const [read, setRead] = useState(false);
  const { agreement } = application;
  const text = useQuery(agreementQuery(agreement?.href));
  const version = agreement?.version;
  const hash = agreement?.hash;
  const shown = text.data !== undefined;
  useEffect(() => onBody(read && shown ? { version, hash } : null), [read, shown, version, hash, onBody]);
  if (agreement === null) return <p>{t('agreement.none')}</p>;
  return (
    <>
      {text.isPending && <Loading rows={2} />}
      {text.isError && <ProblemPanel error={text.error} retry={() => void text.refetch()} />}
      {text.data !== undefined && (
        <section className="agreement" tabIndex={0} aria-label={t('agreement.text')}>
          <Worded text={text.data.text} />
        </section>
      )}
      <p>
        {t('agreement.version', { version: agreement.version })}
        <span className="hash mono">{agreement.hash}</span>
      </p>
      <Checkbox
        label={t(isPerson ? 'agreement.readMyself' : 'agreement.read')}
        checked={read}
        disabled={!shown}
        onChange={(event) => setRead(event.currentTarget.checked)}
      />
    </>
  );
}
