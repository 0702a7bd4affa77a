import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agreementQuery } from '../../api/queries';
import type { Application } from '../../api/applications';
import { Loading, ProblemPanel } from '../../parts/states';
import { Worded } from '../../parts/wording';

/** The text of the version in force with its hash, and the box of whoever has read it: there once the text is. */
export function AgreementText(props: {
  readonly agreement: NonNullable<Application['agreement']>;
  readonly label: string;
  readonly read: boolean;
  readonly onRead: (read: boolean) => void;
}) {
  const { t } = useTranslation();
  const { agreement, label, read, onRead } = props;
  const text = useQuery(agreementQuery(agreement.href));
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
        label={label}
        checked={read}
        disabled={text.data === undefined}
        onChange={(event) => onRead(event.currentTarget.checked)}
      />
    </>
  );
}
