import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/**
 * Forward and back through a list whose pages are named by opaque tokens. The tokens passed so far are kept in the
 * address (`trail`), so that a page can be linked to and stepped back from.
 */
export function Pager(props: {
  readonly trail: readonly string[];
  readonly nextPageToken: string;
  readonly total: number;
  readonly shown: number;
  readonly pageSize?: number;
  readonly onTrail: (trail: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const size = props.pageSize ?? 20;
  if (props.trail.length === 0 && props.nextPageToken === '') return null;
  const from = props.trail.length * size + 1;
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <Button
        variant="default"
        disabled={props.trail.length === 0}
        onClick={() => props.onTrail(props.trail.slice(0, -1))}
      >
        {t('pager.previous')}
      </Button>
      <span>{t('pager.range', { from, to: from + props.shown - 1, total: props.total })}</span>
      <Button
        variant="default"
        disabled={props.nextPageToken === ''}
        onClick={() => props.onTrail([...props.trail, props.nextPageToken])}
      >
        {t('pager.next')}
      </Button>
    </nav>
  );
}
export const tokenOf = (trail: readonly string[]): string | undefined => trail.at(-1);
