import '../applications/applications.css';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { CommandPanel, type DrawForm, type FormProps } from '../parts/command-panel';
import { Card } from '../parts/page';
import { LinkButton, TextLink } from '../shell/link-button';
import { BothLanguages } from './both-languages';
import { Resting } from './resting';
import { NO_TEXT, sentText } from './writing';

const withReason: DrawForm = (props) => <Reason {...props} />;
const FORMS: Readonly<Record<string, DrawForm>> = { suspend: withReason, withdraw: withReason };

/** For who keeps the record: the way to edit it, what it lacks, and what may be done with it, with whom that concerns. */
export function Life({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const allowed = dataset.allowedCommands ?? [];
  const lacking = dataset.lacking ?? [];
  if (allowed.length + lacking.length === 0) return null;
  const consequence: Readonly<Record<string, string>> = {
    list: t('record.does.list'),
    suspend: t('record.does.suspend'),
    withdraw: t(dataset.state === 'draft' ? 'record.does.withdrawDraft' : 'record.does.withdraw'),
    restore: t(dataset.restoresTo === 'draft' ? 'record.does.restoreDraft' : 'record.does.restore'),
  };
  return (
    <Card title={t('record.keep')} id="keep">
      <Lacking id={dataset.id} places={lacking} />
      {dataset.sandbox === null && dataset.deliveryKinds?.includes('sandbox') === true && (
        <p className="note note-wait">
          {t('record.sandboxUnsaid')}{' '}
          <TextLink to="/datasets/$id/edit" params={{ id: dataset.id }} hash="sandbox" underline="always">
            {t('record.saySandbox')}
          </TextLink>
        </p>
      )}
      {allowed.includes('edit') && (
        <LinkButton to="/datasets/$id/edit" params={{ id: dataset.id }} variant="default" fullWidth>
          {t('record.edit')}
        </LinkButton>
      )}
      {allowed.includes('edit') && (
        <TextLink to="/datasets/new" search={{ like: dataset.id }}>
          {t('record.writeLike')}
        </TextLink>
      )}
      {dataset.state !== 'draft' && <Resting dataset={dataset} />}
      <CommandPanel
        path={`/api/datasets/${dataset.id}`}
        {...(dataset.etag !== undefined && { etag: dataset.etag })}
        commands={allowed.filter((name) => name !== 'edit')}
        formOf={(name) => FORMS[name] ?? null}
        consequenceOf={(name) => consequence[name] ?? null}
        main={['list', 'restore']}
        grave={['suspend', 'withdraw']}
      />
    </Card>
  );
}

/** Why it rests or goes, as everyone who sees the record reads it in their language. */
function Reason({ onBody, faultAt }: FormProps) {
  const [text, setText] = useState(NO_TEXT);
  useEffect(() => {
    const wording = sentText(text);
    const reason = wording.zh ?? wording.en;
    onBody(reason === undefined ? null : { reason, wording });
  }, [text, onBody]);
  return <BothLanguages of="reason" text={text} error={faultAt('/wording') ?? faultAt('/reason')} onText={setText} />;
}

/** Each leads to where it is written. */
function Lacking({ id, places }: { readonly id: string; readonly places: readonly string[] }) {
  const { t } = useTranslation();
  const word = useCodes();
  if (places.length === 0) return null;
  return (
    <div className="note note-wait">
      <p>{t('record.lacking')}</p>
      <ul className="bullets">
        {places.map((pointer) => (
          <li key={pointer}>
            <TextLink to="/datasets/$id/edit" params={{ id }} hash={pointer.slice(1)} underline="always">
              {word('recordPlace', pointer.slice(1))}
            </TextLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
