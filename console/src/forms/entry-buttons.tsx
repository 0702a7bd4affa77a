import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What can be done with one entry of a list that somebody writes; the first has none before it. */
export function EntryButtons(props: { readonly onUp: (() => void) | undefined; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="row">
      {props.onUp !== undefined && (
        <Button variant="subtle" size="xs" onClick={props.onUp}>
          {t('forms.up')}
        </Button>
      )}
      <Button variant="subtle" size="xs" color="red" onClick={props.onRemove}>
        {t('forms.remove')}
      </Button>
    </div>
  );
}
