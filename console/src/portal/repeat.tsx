import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../parts/page';
import { clockText } from '../parts/time';
import { type Loop, type Turn, useLoop } from './use-loop';

/** Asks again and again, so that one sees how soon a suspension takes hold. */
export function Repeat(props: { readonly distribution: string; readonly purpose: string | undefined }) {
  const { t } = useTranslation();
  const { running, loop, start, stop } = useLoop(props.distribution, props.purpose);
  return (
    <Card title={t('portal.loop')}>
      <p className="muted">{t('portal.loopText')}</p>
      <div className="row">
        {running ? (
          <Button variant="default" onClick={stop}>
            {t('portal.stop')}
          </Button>
        ) : (
          <Button variant="default" onClick={start}>
            {t('portal.start')}
          </Button>
        )}
        {loop.asked > 0 && <span className="muted">{t('portal.asked', { count: loop.asked })}</span>}
      </div>
      {loop.asked > 0 && <Ticks loop={loop} />}
      <ol className="turns" aria-live="polite">
        {loop.turns.map((turn) => (
          <TurnRow key={turn.answer.evaluation || turn.answer.at} turn={turn} />
        ))}
      </ol>
    </Card>
  );
}

function Ticks({ loop }: { readonly loop: Loop }) {
  const { t } = useTranslation();
  const last = loop.answers.at(-1);
  return (
    <div className="ticks-frame">
      <div className="ticks" aria-hidden="true">
        {loop.answers.map((answer) => (
          <span key={answer.evaluation || answer.at} className={answer.served ? 'tick tick-yes' : 'tick tick-no'} />
        ))}
      </div>
      {last !== undefined && (
        <output className={last.served ? 'latest latest-yes' : 'latest latest-no'}>
          {t(last.served ? 'portal.served' : 'portal.refused')} · {t('portal.ms', { ms: last.ms.toFixed(1) })}
        </output>
      )}
    </div>
  );
}

function TurnRow({ turn: { answer, after } }: { readonly turn: Turn }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="mono">{clockText(answer.at)}</span>{' '}
      <strong>{t(answer.served ? 'portal.served' : 'portal.refused')}</strong> <code>{answer.code}</code>
      {answer.text !== '' && <> {answer.text}</>}
      {after !== null && <small className="muted"> {t('portal.after', { ms: Math.round(after) })}</small>}
    </li>
  );
}
