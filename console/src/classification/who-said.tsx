import { useTranslation } from 'react-i18next';
import type { Assessment, Said } from '../api/assessments';
import { Card, Facts } from '../parts/page';
import { Moment } from '../parts/time';

export interface NamedPerson {
  readonly id: string;
  readonly name: string;
}
export const nameIn = (people: readonly NamedPerson[] | undefined, id: string | null): string | null =>
  people?.find((one) => one.id === id)?.name ?? id;

/** What people said for a tier: who proposed it and on what it rests, and who decided. The engine's own runs say nothing. */
export function WhoSaid({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useTranslation();
  const { proposal, decision, people } = assessment;
  const isOfPerson = people?.some(({ id }) => id === proposal?.by) ?? false;
  return (
    <>
      {proposal !== null && isOfPerson && (
        <Words title={t('assessment.saidByProposer')} said={proposal} who={nameIn(people, proposal.by)} at={null} />
      )}
      {decision != null && (
        <Words
          title={t('assessment.saidByDecider')}
          said={decision}
          who={nameIn(people, decision.by)}
          at={assessment.decidedAt ?? null}
        />
      )}
    </>
  );
}

function Words(props: {
  readonly title: string;
  readonly said: Said;
  readonly who: string | null;
  readonly at: string | null;
}) {
  const { t } = useTranslation();
  const { reason, legalBasis, evidence } = props.said;
  const said = (text: string | null | undefined) =>
    text == null || text === '' ? <span className="muted">{t('assessment.unsaid')}</span> : text;
  return (
    <Card title={props.title}>
      <Facts
        rows={[
          [t('assessment.who'), props.who],
          [t('assessment.at'), props.at === null ? null : <Moment at={props.at} />],
          [t('command.reason'), said(reason)],
          [t('override.legalBasis'), said(legalBasis)],
          [t('override.evidence'), said(evidence)],
        ]}
      />
    </Card>
  );
}
