import '../applications/applications.css';
import './classification.css';
import '../evidence/evidence.css';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../api/download';
import { upload } from '../api/upload';
import type { WorksheetReport, WorksheetRow } from '../api/assessments';
import { Going } from '../evidence/going';
import { Card, PageTitle, TableFrame } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const PATH = '/api/assessments/worksheet';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What leaves for signature, as workbook and on paper. */
const LISTS = [
  { path: '/api/assessments', name: 'grading-sheet', label: 'worksheet.grading' },
  { path: '/api/catalogue/exports', name: 'opening-list', label: 'worksheet.openingList' },
] as const;
const FORMS = ['xlsx', 'pdf'] as const;

/** Worksheets out and in, and the sheets that leave for signature. */
export function Worksheets() {
  const { t } = useTranslation();
  const [report, setReport] = useState<WorksheetReport | null>(null);
  return (
    <SignedIn>
      <div className="page">
        <PageTitle
          title={t('worksheet.title')}
          above={<TextLink to="/classification">← {t('classification.title')}</TextLink>}
        >
          <p className="lead">{t('worksheet.text')}</p>
        </PageTitle>
        <div className="stack">
          <Out />
          <In onReport={setReport} />
          {report !== null && <Report report={report} />}
        </div>
      </div>
    </SignedIn>
  );
}

function Out() {
  const { t } = useTranslation();
  return (
    <Card title={t('worksheet.out')}>
      <div className="command-buttons row">
        <Fetch path={PATH} name="worksheet.xlsx" label={t('worksheet.fetch')} filled />
        {LISTS.flatMap(({ path, name, label }) =>
          FORMS.map((form) => (
            <Fetch
              key={`${name}.${form}`}
              path={`${path}/${name}.${form}`}
              name={`${name}.${form}`}
              label={`${t(label)} (${form.toUpperCase()})`}
            />
          )),
        )}
      </div>
    </Card>
  );
}

function Fetch(props: {
  readonly path: string;
  readonly name: string;
  readonly label: string;
  readonly filled?: boolean;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fetchIt = async () => {
    setBusy(true);
    setError(null);
    await download(props.path, props.name).catch(setError);
    setBusy(false);
  };
  return (
    <div>
      <Button variant={props.filled === true ? 'filled' : 'default'} loading={busy} onClick={() => void fetchIt()}>
        {props.label}
      </Button>
      {error !== null && <ProblemPanel error={error} />}
    </div>
  );
}

function In({ onReport }: { readonly onReport: (report: WorksheetReport | null) => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    const file = input.current?.files?.[0];
    if (file === undefined) return;
    setShare(0);
    setError(null);
    onReport(null);
    const request = { path: PATH, body: file, type: XLSX, idempotencyKey: crypto.randomUUID() };
    const signal = new AbortController().signal;
    await upload<WorksheetReport>({ ...request, signal, onProgress: setShare }).then(onReport, setError);
    setShare(null);
    void queryClient.invalidateQueries();
  };
  return (
    <Card title={t('worksheet.in')}>
      {error !== null && <ProblemPanel error={error} />}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (share === null) void send();
        }}
      >
        <label className="file-choice">
          {t('evidence.file')}
          <input
            ref={input}
            type="file"
            accept=".xlsx"
            disabled={share !== null}
            onChange={(event) => setChosen((event.currentTarget.files?.length ?? 0) > 0)}
          />
        </label>
        {share !== null && <Going label={t('evidence.sending')} share={share < 1 ? share : null} />}
        <div className="row">
          <Button type="submit" disabled={!chosen} loading={share !== null}>
            {t('worksheet.send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** What became of every row that was filled in; those that were refused first. */
function Report({ report }: { readonly report: WorksheetReport }) {
  const { t } = useTranslation();
  const told = report.rows.filter(({ outcome }) => outcome !== 'blank');
  const ordered = told.toSorted((one, other) => Number(one.code === null) - Number(other.code === null));
  return (
    <Card title={t('worksheet.report')} tone={report.refused === 0 ? 'good' : 'accent'}>
      <p aria-live="polite">
        {t('worksheet.counts', { proposed: report.proposed, refused: report.refused, blank: report.blank })}
      </p>
      {ordered.length > 0 && (
        <TableFrame label={t('worksheet.report')}>
          <thead>
            <tr>
              <th scope="col">{t('worksheet.row')}</th>
              <th scope="col">{t('assessment.dataset')}</th>
              <th scope="col">{t('override.tier')}</th>
              <th scope="col">{t('worksheet.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((row) => (
              <tr key={row.row}>
                <td>{row.row}</td>
                <td className="mono">
                  <TextLink to="/datasets/$id" params={{ id: row.dataset }}>
                    {row.dataset}
                  </TextLink>
                </td>
                <td>{row.tier !== null && <TierBadge tier={row.tier} />}</td>
                <td>
                  <Outcome row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
    </Card>
  );
}

function Outcome({ row }: { readonly row: WorksheetRow }) {
  const { t } = useTranslation();
  if (row.code !== null)
    return (
      <>
        <strong>{row.title}</strong>
        <br />
        {row.remedy} <code>{row.code}</code>
      </>
    );
  if (row.assessment === null) return null;
  return (
    <TextLink to="/classification/$id" params={{ id: row.assessment }}>
      {t('worksheet.proposed')}
    </TextLink>
  );
}
