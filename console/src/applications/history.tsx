import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../api/applications';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { Moment } from '../parts/time';
import { worded } from '../parts/wording';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const listOf = (value: unknown): readonly { readonly code?: string; readonly text?: string }[] =>
  Array.isArray(value) ? value.filter((one): one is { text: string } => typeof one === 'object' && one !== null) : [];

/** The parts of an event that were said in words. */
const SAID = ['forum', 'reference', 'text', 'remark', 'reason', 'with', 'question', 'view'];

/** Saving a draft is no event that anybody has to read. */
const telling = (history: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  const sent = history.findIndex((entry) => entry.event === 'application.submitted');
  return history.filter((entry, at) => entry.event !== 'application.changed' || (sent >= 0 && at > sent));
};

/** What happened, newest first; questions and answers stand in it as they were said. */
export function History({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('history.title')}>
      {history.length === 0 ? (
        <p className="muted">{t('history.empty')}</p>
      ) : (
        <ol className="timeline" reversed>
          {telling(history)
            .toReversed()
            .map((entry, at) => (
              <Entry key={`${entry.at}-${at}`} entry={entry} />
            ))}
        </ol>
      )}
    </Card>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { data } = entry;
  const contested = entry.event.startsWith('application.proceeding-');
  const said = SAID.map((key) => textOf(data[key])).filter((text) => text !== null);
  return (
    <li>
      <p className="timeline-head">
        <strong>
          {word('event', entry.event)}
          {contested && `: ${word('proceeding', textOf(data['kind']))}`}
          {contested && data['outcome'] !== undefined && ` – ${word('proceedingOutcome', textOf(data['outcome']))}`}
          {textOf(data['recommendation']) !== null && `: ${word('recommendation', String(data['recommendation']))}`}
        </strong>
        {data['private'] === true && <span className="chip">{t('history.private')}</span>}
      </p>
      <p className="timeline-meta">
        <Moment at={entry.at} /> · {entry.by === null ? t('history.system') : worded(entry.by.name) || entry.by.id}
      </p>
      {said.map((text, at) => (
        <p key={at} className="said prose">
          {text}
        </p>
      ))}
      {[...listOf(data['defects']), ...listOf(data['reasons'])].map((one, at) => (
        <p key={at} className="said prose">
          {one.code !== undefined && `${word('refusalReason', one.code)}: `}
          {one.text}
        </p>
      ))}
    </li>
  );
}
