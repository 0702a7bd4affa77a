import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../../parts/command-panel';

/** All defects at once: a correction is asked for only one time. */
export function DefectsForm({ onBody, faultAt }: FormProps) {
  const { t } = useTranslation();
  const [texts, setTexts] = useState<readonly string[]>(['']);
  useEffect(() => {
    const said = texts.map((text) => text.trim()).filter((text) => text !== '');
    onBody(said.length === 0 ? null : { defects: said.map((text) => ({ text })) });
  }, [texts, onBody]);
  return (
    <>
      <p className="muted">{t('defects.once')}</p>
      {texts.map((text, at) => (
        <Textarea
          key={at}
          label={t('defects.nth', { n: at + 1 })}
          autosize
          minRows={2}
          value={text}
          error={faultAt(`/defects/${at}`)}
          onChange={(event) => {
            const said = event.currentTarget.value;
            setTexts((before) => before.map((one, index) => (index === at ? said : one)));
          }}
        />
      ))}
      <Button variant="subtle" size="compact-sm" onClick={() => setTexts((before) => [...before, ''])}>
        {t('defects.more')}
      </Button>
    </>
  );
}
