import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../api/download';
import type { Attachment } from '../api/types';
import { ProblemPanel } from '../parts/states';

/** Bytes in the unit a person reads. */
const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** Documents with what is known of them; each is saved, none is shown by the browser. */
export function FileList(props: {
  readonly files: readonly Attachment[];
  /** Given where a file can be taken out of the list. */
  readonly onRemove?: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const { files, onRemove } = props;
  return (
    <>
      <ul className="bullets">
        {files.map(({ id, name, bytes, scan, href, sha256 }) => (
          <li key={id} data-attachment={id}>
            <Button
              variant="subtle"
              size="compact-sm"
              title={`SHA-256 ${sha256}`}
              onClick={() => {
                setError(null);
                download(href, name).catch(setError);
              }}
            >
              {name}
            </Button>{' '}
            <span className="muted">
              {sizeOf(bytes)} · {t(scan === 'clean' ? 'attachments.clean' : 'attachments.notScanned')}
            </span>
            {onRemove !== undefined && (
              <Button variant="subtle" size="compact-sm" color="red" onClick={() => onRemove(id)}>
                {t('attachments.remove', { name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error !== null && <ProblemPanel error={error} />}
    </>
  );
}
