import { Radio, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TIERS, type Tier } from '../api/types';
import { ImpactPreview } from '../governance/impact';
import { useCodes } from '../parts/codes';
import type { FormProps } from '../parts/command-panel';
import type { FaultAt } from '../parts/faults';
import { ReasonField } from '../parts/reason-field';

interface Argument {
  readonly reason: string;
  readonly legalBasis: string;
  readonly evidence: string;
}
const UNSAID: Argument = { reason: '', legalBasis: '', evidence: '' };
const said = (value: Argument) =>
  Object.fromEntries(
    Object.entries(value)
      .map(([name, text]) => [name, text.trim()])
      .filter(([, text]) => text !== ''),
  );

function ArgumentFields(props: {
  readonly value: Argument;
  readonly required: boolean;
  readonly needsBasis?: boolean;
  readonly onValue: (value: Argument) => void;
  readonly faultAt: FaultAt;
}) {
  const { t } = useTranslation();
  const { value } = props;
  return (
    <>
      <ReasonField
        label={t(props.required ? 'command.reason' : 'command.reasonOptional')}
        required={props.required}
        value={value.reason}
        onText={(reason) => props.onValue({ ...value, reason })}
        faultAt={props.faultAt}
      />
      <TextInput
        label={t('override.legalBasis')}
        description={t('override.legalBasisHelp')}
        required={props.needsBasis ?? false}
        value={value.legalBasis}
        error={props.faultAt('/legalBasis')}
        onChange={(event) => props.onValue({ ...value, legalBasis: event.currentTarget.value })}
      />
      <TextInput
        label={t('override.evidence')}
        description={t('override.evidenceHelp')}
        value={value.evidence}
        error={props.faultAt('/evidence')}
        onChange={(event) => props.onValue({ ...value, evidence: event.currentTarget.value })}
      />
    </>
  );
}

/** `children`: what the act does to whom, read before the words are written. */
export function ArgumentForm(
  props: FormProps & { readonly children?: ReactNode; readonly required?: boolean; readonly needsBasis?: boolean },
) {
  const { onBody, faultAt, children, required = false, needsBasis = false } = props;
  const [value, setValue] = useState<Argument>(UNSAID);
  useEffect(() => onBody(said(value)), [value, onBody]);
  return (
    <>
      {children}
      <ArgumentFields faultAt={faultAt} value={value} required={required} needsBasis={needsBasis} onValue={setValue} />
    </>
  );
}

/** Another tier than the proposed one: always with a reason; a milder one needs its legal basis too. */
export function OverrideForm(props: FormProps & { readonly proposed: Tier; readonly dataset: string }) {
  const { onBody, faultAt, proposed, dataset } = props;
  const { t } = useTranslation();
  const word = useCodes();
  const [tier, setTier] = useState<Tier | ''>('');
  const [value, setValue] = useState<Argument>(UNSAID);
  useEffect(
    () => onBody(tier === '' || value.reason.trim() === '' ? null : { tier, ...said(value) }),
    [tier, value, onBody],
  );
  return (
    <>
      <Radio.Group label={t('override.tier')} value={tier} onChange={(value) => setTier(value as Tier)} required>
        <div className="choices">
          {TIERS.filter((one) => one !== proposed).map((one) => (
            <Radio key={one} value={one} label={word('tier', one)} />
          ))}
        </div>
      </Radio.Group>
      {tier !== '' && tier !== 'open' && <p className="muted">{t('override.items')}</p>}
      <ImpactPreview dataset={dataset} tier={tier} />
      <ArgumentFields faultAt={faultAt} value={value} required onValue={setValue} />
    </>
  );
}
