import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NextStepLink } from '../dataset/next-step';
import { Card, Facts, TableFrame } from '../parts/page';
import type { PortalAnswer } from './ask';

const LINES = 6;

/** What the portal answered to one request: the beginning of the file, or the reason and the way on. */
export function Answer(props: {
  readonly answer: PortalAnswer;
  readonly dataset: string | undefined;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const { answer } = props;
  const facts = (
    <Facts
      rows={[
        [t('portal.reason'), <code>{answer.code}</code>],
        [t('portal.source'), answer.source],
        [t('portal.took'), t('portal.ms', { ms: answer.ms.toFixed(1) })],
        [t('portal.evaluation'), answer.evaluation === '' ? null : <span className="mono">{answer.evaluation}</span>],
      ]}
    />
  );
  if (answer.file !== null) {
    return (
      <Card title={t('portal.served')} tone="good">
        <Contents file={answer.file} name={props.name} />
        {facts}
      </Card>
    );
  }
  return (
    <Card title={t('portal.refused')} tone="stop">
      <p>{answer.code === 'network' ? t('problem.network.title') : answer.text}</p>
      {answer.nextStep !== null && <NextStepLink step={answer.nextStep} dataset={props.dataset} />}
      {facts}
    </Card>
  );
}

/** The first lines as a table, and the file to keep. */
function Contents({ file, name }: { readonly file: Blob; readonly name: string }) {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly string[]>([]);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    void file.text().then((text) => setLines(text.split('\n', LINES)));
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const isTable = file.type.startsWith('text/csv');
  return (
    <>
      {isTable ? <Table lines={lines} /> : <pre className="file-lines">{lines.join('\n')}</pre>}
      <Button component="a" href={address} download={name} variant="default">
        {t('portal.save', { name })}
      </Button>
    </>
  );
}

function Table({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useTranslation();
  const [head = [], ...rows] = lines.filter((line) => line !== '').map((line) => line.split(','));
  return (
    <TableFrame label={t('portal.firstRows')}>
      <thead>
        <tr>
          {head.map((cell, at) => (
            <th key={at} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {row.map((cell, column) => (
              <td key={column} className="cell">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
