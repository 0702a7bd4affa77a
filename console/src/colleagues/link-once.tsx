import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewInvitation } from '../api/colleagues';
import { Card } from '../parts/page';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';

/** The link of an invitation, to be passed on by hand where mail does not reach. */
export function LinkOnce({ made }: { readonly made: NewInvitation }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/invited#${made.invitation}`;
  const copy = () => {
    // Browsers offer no clipboard outside https and localhost; the text can be selected all the same.
    void navigator.clipboard?.writeText(link).then(() => setCopied(true));
  };
  return (
    <Card tone="good" title={t('colleagues.sent', { name: worded(made.name), address: made.address ?? '' })}>
      <p>
        {t('colleagues.once')} <Moment at={made.expiresAt} />
      </p>
      <TextInput label={t('colleagues.link')} value={link} readOnly onFocus={(event) => event.currentTarget.select()} />
      <div className="row">
        <Button variant="default" onClick={copy}>
          {t(copied ? 'colleagues.copied' : 'colleagues.copy')}
        </Button>
      </div>
    </Card>
  );
}
