import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { eligibilityQuery } from '../api/queries';
import type { Dataset, DatasetCondition } from '../api/datasets';
import type { DutyTerm } from '../api/types';
import { useCodes } from '../parts/codes';
import { DueTerm, isDue } from '../parts/due-term';
import { Card, Facts } from '../parts/page';
import { useSession } from '../parts/session';
import { Worded } from '../parts/wording';
import { TextLink } from '../shell/link-button';
import { NextStepButton } from './next-step';

/** What it takes to use the data, and the one thing to do next. */
export function Requirements({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const word = useCodes();
  const conditions = dataset.conditions ?? [];
  return (
    <Card title={t('dataset.requirements')}>
      <NextStepButton dataset={dataset} />
      {dataset.tier === 'conditional' && conditions.length === 0 && <p>{t('dataset.noConditions')}</p>}
      {conditions.length > 0 && <Conditions dataset={dataset} conditions={conditions} />}
      <Facts
        rows={[
          [t('dataset.deliveries'), (dataset.deliveryKinds ?? []).map((kind) => word('delivery', kind)).join(' · ')],
          [
            t('dataset.agreement'),
            dataset.agreement == null ? null : (
              <>
                {t('agreement.version', { version: dataset.agreement.version })}
                <span className="hash mono">{dataset.agreement.hash}</span>
              </>
            ),
          ],
        ]}
      />
    </Card>
  );
}

function Conditions(props: { readonly dataset: Dataset; readonly conditions: readonly DatasetCondition[] }) {
  const { t } = useTranslation();
  const session = useSession();
  const applies = session.has('handler', 'signatory', 'citizen');
  const eligibility = useQuery(eligibilityQuery(props.dataset.id, applies));
  const missing = new Set(eligibility.data?.missing?.map((one) => one.kind));
  const met = new Set(eligibility.data?.met?.map((one) => one.kind));
  const unmet = new Set(eligibility.data?.unmet?.map((one) => one.kind));
  return (
    <>
      <h3>{t('dataset.conditions')}</h3>
      <ul className="conditions">
        {props.conditions.map((condition) => (
          <li key={condition.kind}>
            <Worded text={condition.text} />
            <small>
              <Due term={condition} />
              {condition.evidenceRequired ? t('dataset.evidence') : t('dataset.noEvidence')}
              {met.has(condition.kind) && ` · ${t('dataset.met')}`}
              {unmet.has(condition.kind) && ` · ${t('dataset.unmet')}`}
              {missing.has(condition.kind) && condition.evidenceRequired && ` · ${t('dataset.missing')}`}
            </small>
            {applies && missing.has(condition.kind) && (
              <>
                {' '}
                <TextLink to="/evidence/new" search={{ kind: condition.kind }} underline="always">
                  {t('proofs.file')}
                </TextLink>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** By when, before what else is said of the condition. */
function Due({ term }: { readonly term: DutyTerm }) {
  if (!isDue(term)) return null;
  return (
    <>
      <DueTerm term={term} />
      {' · '}
    </>
  );
}
