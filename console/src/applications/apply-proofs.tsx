import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { evidenceListQuery, type FiledEvidenceLine } from '../api/evidence';
import type { DatasetCondition } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { Worded } from '../parts/wording';
import { LinkButton } from '../shell/link-button';
import { NO_PROOF, type WrittenProof } from './apply-state';

interface Props {
  readonly proofs: readonly DatasetCondition[];
  readonly evidence: Readonly<Record<string, WrittenProof>>;
  readonly error: string | undefined;
  readonly onEvidence: (evidence: Readonly<Record<string, WrittenProof>>) => void;
}

/** For each condition that asks for a proof: which one on file, or which document and until when it is good. */
export function Proofs(props: Props) {
  const { t } = useTranslation();
  const onFile = useQuery({ ...evidenceListQuery({}, 100), enabled: props.proofs.length > 0 });
  if (props.proofs.length === 0) return <p className="muted">{t('apply.noProofs')}</p>;
  const usable = (onFile.data?.items ?? []).filter(({ state }) => state === 'filed' || state === 'verified');
  return (
    <>
      <h3>{t('apply.proofs')}</h3>
      {props.error !== undefined && <p className="field-error">{props.error}</p>}
      {props.proofs.map((condition) => (
        <Proof
          key={condition.kind}
          condition={condition}
          given={props.evidence[condition.kind] ?? NO_PROOF}
          onFile={usable.filter(({ kind }) => kind === condition.kind)}
          onGiven={(given) => props.onEvidence({ ...props.evidence, [condition.kind]: given })}
        />
      ))}
    </>
  );
}

function Proof(props: {
  readonly condition: DatasetCondition;
  readonly given: WrittenProof;
  readonly onFile: readonly FiledEvidenceLine[];
  readonly onGiven: (given: WrittenProof) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { condition, given, onFile, onGiven } = props;
  const { kind, text } = condition;
  return (
    <fieldset className="proof">
      <legend>
        <Worded text={text} />
      </legend>
      {onFile.some(({ counts }) => counts) && <p className="note">{t('apply.provedOnFile')}</p>}
      {onFile.length > 0 && (
        <NativeSelect
          label={t('apply.onFile')}
          value={given.evidence}
          onChange={(event) => onGiven({ ...NO_PROOF, evidence: event.currentTarget.value })}
          data={[
            { value: '', label: t('apply.writeOut') },
            ...onFile.map(({ id, issuer, reference, state }) => ({
              value: id,
              label: `${reference} · ${issuer} · ${word('evidenceState', state)}`,
            })),
          ]}
        />
      )}
      {given.evidence === '' && <WrittenOut given={given} onGiven={onGiven} />}
      <p>
        <LinkButton to="/evidence/new" search={{ kind }} variant="subtle">
          {t('proofs.file')}
        </LinkButton>
      </p>
    </fieldset>
  );
}

function WrittenOut({
  given,
  onGiven,
}: {
  readonly given: WrittenProof;
  readonly onGiven: (given: WrittenProof) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="field-row">
      <TextInput
        label={t('apply.reference')}
        value={given.reference}
        onChange={(event) => onGiven({ ...given, reference: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('apply.validUntil')}
        value={given.validUntil}
        onChange={(event) => onGiven({ ...given, validUntil: event.currentTarget.value })}
      />
    </div>
  );
}
