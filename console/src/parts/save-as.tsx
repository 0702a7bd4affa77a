import { Button } from '@mantine/core';
import { useState } from 'react';
import { download } from '../api/download';
import { ProblemPanel } from './states';

export interface SavedFile {
  readonly path: string;
  /** As it is called on the reader's machine. */
  readonly name: string;
  readonly label: string;
  /** Read aloud in its place, where the label alone says too little; it contains it. */
  readonly spoken?: string;
}

/** A button for each form in which something is saved. */
export function SaveAs({ files }: { readonly files: readonly SavedFile[] }) {
  const [error, setError] = useState<unknown>(null);
  return (
    <>
      <div className="badges">
        {files.map(({ path, name, label, spoken }) => (
          <Button
            key={name}
            variant="default"
            size="compact-md"
            aria-label={spoken}
            onClick={() => {
              setError(null);
              download(path, name).catch(setError);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      {error !== null && <ProblemPanel error={error} />}
    </>
  );
}
