import { useTranslation } from 'react-i18next';
import type { Assessment, AssessmentRule, Risk } from '../api/assessments';
import { Verified } from '../dataset/why-this-tier';
import { Columns, ContentFacts, Doubts } from '../evidence/columns';
import { LoweringCard } from '../evidence/lowering';
import { RiskPlot } from '../evidence/risk';
import { Card } from '../parts/page';
import { Worded } from '../parts/wording';

/** What an assessment rests on: rules with their sources, columns with their findings, the file, risk, what would lower it, contradictions. */
export function AssessmentParts({ assessment }: { readonly assessment: Assessment }) {
  return (
    <>
      {assessment.content !== null && <Doubts content={assessment.content} />}
      <Rules assessment={assessment} />
      <Columns assessment={assessment} />
      {assessment.content !== null && <ContentFacts content={assessment.content} />}
      {wasLookedAt(assessment.risk) && <RiskPlot risk={assessment.risk} />}
      <LoweringCard assessment={assessment} />
      <Issues assessment={assessment} />
    </>
  );
}

/** Where nobody read content, there is nothing to say about risk. */
const wasLookedAt = (risk: Risk): boolean => risk.status === 'assessed' || risk.reason !== 'no-content';

const columnsOf = ({ inputs }: AssessmentRule): readonly string[] => [
  ...new Set(inputs.flatMap(({ item }) => item ?? [])),
];

function Rules({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  return (
    <Card title={t('assessment.rules')} tone="accent">
      {assessment.rules.length === 0 && <p className="muted">{t('why.none')}</p>}
      <ol className="reasons">
        {assessment.rules.map((rule) => (
          <li key={rule.id}>
            <p className="reason-text">
              <Worded text={rule.text} />
              {columnsOf(rule).length > 0 && <span className="mono"> {columnsOf(rule).join(', ')}</span>}
            </p>
            <p className="reason-source">
              <Verified verified={rule.verified} />
              <span>
                <Worded text={rule.source} />
              </span>
              <code>
                {rule.pack}/{rule.version} {rule.id}
              </code>
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Issues({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  if (assessment.issues.length === 0) return null;
  return (
    <Card title={t('assessment.issues')}>
      <ul className="bullets">
        {assessment.issues.map((issue, at) => (
          <li key={at}>
            <Worded text={issue.text} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
