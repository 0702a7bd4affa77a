import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from './page';

/** A key as it is handed over: nobody can read it again. */
export function ShownOnce(props: {
  readonly made: { readonly label: string; readonly secret: string };
  /** What kind of key it is. */
  readonly kind: string;
  /** How it is sent. */
  readonly text: string;
}) {
  const { t } = useTranslation();
  const { made, kind, text } = props;
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Browsers offer no clipboard outside https and localhost; the text can be selected all the same.
    void navigator.clipboard?.writeText(made.secret).then(() => setCopied(true));
  };
  return (
    <Card tone="good" title={t('portals.madeNow', { label: made.label })}>
      <p>{text}</p>
      <TextInput
        label={`${kind} · ${t('portals.once')}`}
        value={made.secret}
        readOnly
        autoComplete="off"
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <Button variant="default" onClick={copy}>
          {t(copied ? 'portals.copied' : 'portals.copy')}
        </Button>
      </div>
    </Card>
  );
}
