import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatasetCondition } from '../api/types';
import { Worded } from '../parts/wording';
import type { Written } from './apply-state';

/** For each condition that asks for a proof: which document, and until when it is good. */
export function Proofs(props: {
  readonly proofs: readonly DatasetCondition[];
  readonly evidence: Written['evidence'];
  readonly error: string | undefined;
  readonly onEvidence: (evidence: Written['evidence']) => void;
}) {
  const { t } = useTranslation();
  if (props.proofs.length === 0) return <p className="muted">{t('apply.noProofs')}</p>;
  return (
    <>
      <h3>{t('apply.proofs')}</h3>
      {props.error !== undefined && <p className="field-error">{props.error}</p>}
      {props.proofs.map(({ kind, text }) => {
        const given = props.evidence[kind] ?? { reference: '', validUntil: '' };
        const change = (part: Partial<typeof given>) =>
          props.onEvidence({ ...props.evidence, [kind]: { ...given, ...part } });
        return (
          <fieldset key={kind} className="proof">
            <legend>
              <Worded text={text} />
            </legend>
            <div className="field-row">
              <TextInput
                label={t('apply.reference')}
                value={given.reference}
                onChange={(event) => change({ reference: event.currentTarget.value })}
              />
              <TextInput
                type="date"
                label={t('apply.validUntil')}
                value={given.validUntil}
                onChange={(event) => change({ validUntil: event.currentTarget.value })}
              />
            </div>
          </fieldset>
        );
      })}
    </>
  );
}
