import './evidence.css';
import { useTranslation } from 'react-i18next';
import type { Assessment, Content, Finding } from '../api/assessments';
import { useCodes } from '../parts/codes';
import { Card, Facts, TableFrame } from '../parts/page';
import { TierBadge } from '../parts/tier-badge';

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** Data item by data item: its tier, and what its content looks like. */
export function Columns({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  if (assessment.items.length === 0) return null;
  const names = new Map(assessment.content?.columns.map(({ item, name }) => [item, name]));
  return (
    <Card title={t('dataset.items')}>
      <TableFrame label={t('dataset.items')}>
        <thead>
          <tr>
            <th scope="col">{t('dataset.itemName')}</th>
            <th scope="col">{t('dataset.itemTier')}</th>
            <th scope="col">{t('assessment.findings')}</th>
          </tr>
        </thead>
        <tbody>
          {assessment.items.map((item) => (
            <tr key={item.name}>
              <td className="mono">
                {item.name}
                {names.has(item.name) && names.get(item.name) !== item.name && ` (${names.get(item.name)})`}
              </td>
              <td>
                <TierBadge tier={item.tier} />
                {item.proposed !== undefined && (
                  <p className="once-confirmed">
                    {t('assessment.onceConfirmed')} <TierBadge tier={item.proposed} />
                  </p>
                )}
              </td>
              <td>
                <Findings findings={item.findings} read={names.has(item.name)} />
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </Card>
  );
}

function Findings({ findings, read }: { readonly findings: readonly Finding[]; readonly read: boolean }) {
  const { t } = useTranslation();
  const word = useCodes();
  if (findings.length === 0) return <span className="muted">{t(read ? 'evidence.nothing' : 'evidence.notRead')}</span>;
  return (
    <span className="finding-list">
      {findings.map((one) => (
        <span key={one.type}>
          {word('findingType', one.type)}{' '}
          <span className="muted">
            {t('evidence.share', { share: percent(one.matchedFraction), count: one.sampleSize })}
          </span>
        </span>
      ))}
    </span>
  );
}

/** Why a person has to look although the rules may find nothing. */
export function Doubts({ content }: { readonly content: Content }) {
  const word = useCodes();
  return content.doubts.map((doubt) => (
    <p key={doubt} className="note note-wait">
      {word('doubt', doubt)}
    </p>
  ));
}

/** The file behind the findings; figures of a run elsewhere are called the claim they are. */
export function ContentFacts({ content }: { readonly content: Content }) {
  const { t } = useTranslation();
  return (
    <Card title={t('evidence.content')}>
      {content.verified === 'no' && <p className="note note-wait">{t('evidence.claim')}</p>}
      <Facts
        rows={[
          [t('evidence.origin'), t(content.origin === 'sample' ? 'evidence.fromSample' : 'evidence.fromReport')],
          [t('evidence.rows'), content.rows],
          [t('evidence.brokenRows'), content.brokenRows === 0 ? null : content.brokenRows],
          [t('evidence.brokenCharacters'), content.brokenCharacters === 0 ? null : content.brokenCharacters],
          [t('evidence.encoding'), content.encoding],
          [t('evidence.hash'), <span className="hash mono">{content.fileHash}</span>],
        ]}
      />
    </Card>
  );
}
