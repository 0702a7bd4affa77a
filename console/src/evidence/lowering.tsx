import './evidence.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assessment, Ground, Lowers } from '../api/assessments';
import { download } from '../api/download';
import { useCodes } from '../parts/codes';
import { Card } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { TierBadge } from '../parts/tier-badge';
import { TextLink } from '../shell/link-button';
import { BeforeAfterPlot } from './before-after';
import { useStepText } from './step-text';

/** What would lower the tier, and how to do it; or, in so many words, why there is no such advice. */
export function LoweringCard({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { lowering, content } = assessment;
  if (content === null) return null;
  const [advice] = lowering;
  return (
    <Card title={t('lowering.title')} {...(advice?.status === 'lowers' ? { tone: 'good' } : {})}>
      {advice === undefined && (
        <p className="muted">{t(content.origin === 'report' ? 'lowering.ofReport' : 'lowering.notNeeded')}</p>
      )}
      {advice?.status === 'none' && (
        <>
          <p>{word('noLowering', advice.reason)}</p>
          {advice.detail !== undefined && <p className="muted">{word('notAssessed', advice.detail)}</p>}
          <Grounds title={t('lowering.stillDemands')} grounds={advice.remaining} assessment={assessment} />
          <p className="muted">{t('lowering.otherWays')}</p>
        </>
      )}
      {advice?.status === 'lowers' && <Advice advice={advice} assessment={assessment} />}
    </Card>
  );
}

function Advice({ advice, assessment }: { readonly advice: Lowers; readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const stepText = useStepText();
  const { risk } = assessment;
  return (
    <>
      <p className="tier-change">
        <TierBadge tier={advice.from} /> → <TierBadge tier={advice.to} />
      </p>
      <p>{t('lowering.text')}</p>
      <ol className="lowering-steps">
        {advice.steps.map((step) => (
          <li key={JSON.stringify(step)}>{stepText(step)}</li>
        ))}
      </ol>
      <BeforeAfterPlot advice={advice} least={risk.status === 'assessed' ? risk.least : null} />
      {advice.search === 'local' && <p className="muted">{t('lowering.local')}</p>}
      <Grounds title={t('lowering.remaining')} grounds={advice.remaining} assessment={assessment} />
      <Recipe assessment={assessment.id} to={advice.to} />
      <p className="note note-wait">{t('lowering.personal')}</p>
      <TextLink to="/datasets/$id/evidence" params={{ id: assessment.dataset }}>
        {t('lowering.sendAgain')}
      </TextLink>
    </>
  );
}

/** Rules with the columns they name, in the words of the assessment where it has them. */
function Grounds(props: {
  readonly title: string;
  readonly grounds: readonly Ground[];
  readonly assessment: Assessment;
}) {
  const words = new Map(props.assessment.rules.map(({ id, text }) => [id, `${text}`]));
  if (props.grounds.length === 0) return null;
  return (
    <>
      <p>{props.title}</p>
      <ul className="bullets">
        {props.grounds.map(({ rule, items }) => (
          <li key={rule}>
            {words.get(rule)} <code>{rule}</code>
            {items.length > 0 && <span className="mono"> {items.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The steps as a file, and what to type beside the table. */
function Recipe({ assessment, to }: { readonly assessment: string; readonly to: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const name = `recipe-${assessment}.json`;
  const fetchIt = async () => {
    setBusy(true);
    setError(null);
    await download(`/api/assessments/${assessment}/recipe`, name).catch(setError);
    setBusy(false);
  };
  const [table, lowered] = [t('lowering.tableName'), t('lowering.loweredName')];
  return (
    <>
      <div className="row">
        <Button loading={busy} onClick={() => void fetchIt()}>
          {t('lowering.download')}
        </Button>
      </div>
      {error !== null && <ProblemPanel error={error} />}
      <p>{t('lowering.apply')}</p>
      <code className="command-line">
        {`tiergate redact ${table} --recipe ${name} --out ${lowered} --declared ${to}`}
      </code>
    </>
  );
}
