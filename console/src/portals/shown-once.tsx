import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPortalKey } from '../api/portals';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';

/** A key as it is handed over: nobody can read it again. */
export function ShownOnce({ made }: { readonly made: NewPortalKey }) {
  const { t } = useTranslation();
  const word = useCodes();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Browsers offer no clipboard outside https and localhost; the text can be selected all the same.
    void navigator.clipboard?.writeText(made.secret).then(() => setCopied(true));
  };
  return (
    <Card tone="good" title={t('portals.madeNow', { label: made.label })}>
      <p>{t(made.kind === 'api-key' ? 'portals.sendKey' : 'portals.sendSecret')}</p>
      <TextInput
        label={`${word('keyKind', made.kind)} · ${t('portals.once')}`}
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
