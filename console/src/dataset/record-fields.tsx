import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  agreementsQuery,
  fieldsQuery,
  FREQUENCIES,
  SECURITY_LEVELS,
  SHARING_TIERS,
  type SharingTier,
} from '../api/record';
import { DELIVERIES, type Delivery, TIERS } from '../api/types';
import { useCodes } from '../parts/codes';
import type { FaultAt } from '../parts/faults';
import { Card } from '../parts/page';
import { worded } from '../parts/wording';
import { BothLanguages } from './both-languages';
import { Address } from './edit-contents';
import { BLANK, type WrittenRecord } from './record-writing';
import { isSame } from './writing';

interface Props {
  readonly written: WrittenRecord;
  readonly fault: FaultAt;
  readonly onChange: (part: Partial<WrittenRecord>) => void;
}

/** What the data is, and how often it is renewed. */
export function RecordFields({ written, fault, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  const fields = useQuery(fieldsQuery()).data?.items ?? [];
  return (
    <Card title={t('dataset.about')}>
      <BothLanguages
        of="title"
        id="title"
        text={written.title}
        error={fault('/title')}
        onText={(title) => onChange({ title })}
      />
      <BothLanguages
        of="abstract"
        id="abstract"
        text={written.abstract}
        error={fault('/abstract')}
        onText={(abstract) => onChange({ abstract })}
      />
      <div className="field-row">
        <NativeSelect
          id="field"
          label={word('recordPlace', 'field')}
          value={written.field}
          error={fault('/field')}
          data={[
            { value: '', label: t('record.notStated') },
            ...fields.map(({ code, name }) => ({ value: code, label: worded(name) })),
          ]}
          onChange={(event) => onChange({ field: event.currentTarget.value })}
        />
        <NativeSelect
          id="updateFrequency"
          label={word('recordPlace', 'updateFrequency')}
          description={t('record.dueHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={written.updateFrequency}
          error={fault('/updateFrequency')}
          data={[
            { value: '', label: t('record.notStated') },
            ...FREQUENCIES.map((value) => ({ value, label: word('frequency', value) })),
          ]}
          onChange={(event) => onChange({ updateFrequency: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={word('recordPlace', 'lastUpdated')}
          value={written.lastUpdated}
          error={fault('/lastUpdated')}
          onChange={(event) => onChange({ lastUpdated: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label={word('recordPlace', 'keywords')}
        description={t('record.keywordsHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={12}
        value={written.keywords}
        error={fault('/keywords')}
        onChange={(event) => onChange({ keywords: event.currentTarget.value })}
      />
      <TextInput
        label={word('recordPlace', 'nationalRegistrationCode')}
        value={written.nationalRegistrationCode}
        error={fault('/nationalRegistrationCode')}
        onChange={(event) => onChange({ nationalRegistrationCode: event.currentTarget.value })}
      />
    </Card>
  );
}

/** What the publisher declares of the tier: the rules judge it together with all else that is written. */
export function TierFields({ written, fault, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Card title={t('record.tier')}>
      <p className="muted">{t('record.tierHelp')}</p>
      <div className="field-row">
        <NativeSelect
          label={word('recordPlace', 'declaredTier')}
          value={written.declaredTier}
          error={fault('/declaredTier')}
          data={[
            { value: '', label: t('record.notStated') },
            ...TIERS.map((value) => ({ value, label: word('tier', value) })),
          ]}
          onChange={(event) => onChange({ declaredTier: event.currentTarget.value })}
        />
        <NativeSelect
          label={word('recordPlace', 'securityLevel')}
          value={written.securityLevel}
          error={fault('/securityLevel')}
          data={[{ value: '', label: t('record.notStated') }, ...SECURITY_LEVELS]}
          onChange={(event) => onChange({ securityLevel: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label={word('recordPlace', 'listedWhenRestricted')}
        checked={written.listedWhenRestricted}
        error={fault('/listedWhenRestricted')}
        onChange={(event) => onChange({ listedWhenRestricted: event.currentTarget.checked })}
      />
    </Card>
  );
}

/** How conditional data is delivered, and the agreement that is signed for it. */
export function TermsFields({ written, fault, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  const agreements = useQuery(agreementsQuery()).data?.items ?? [];
  return (
    <Card title={t('record.terms')}>
      <Checkbox.Group
        id="deliveryKinds"
        label={word('recordPlace', 'deliveryKinds')}
        value={[...written.deliveryKinds]}
        error={fault('/deliveryKinds')}
        onChange={(kinds) => onChange({ deliveryKinds: kinds as Delivery[] })}
      >
        <div className="choices">
          {DELIVERIES.map((kind) => (
            <Checkbox key={kind} value={kind} label={word('delivery', kind)} />
          ))}
        </div>
      </Checkbox.Group>
      <SandboxFields {...{ written, fault, onChange }} />
      <NativeSelect
        id="agreementTemplate"
        label={word('recordPlace', 'agreementTemplate')}
        description={t('record.agreementHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={written.agreementTemplate}
        error={fault('/agreementTemplate')}
        data={[
          { value: '', label: t('record.notStated') },
          ...agreements.map(({ template, title, version }) => ({
            value: template,
            label: `${worded(title)} · ${t('agreement.version', { version })}`,
          })),
        ]}
        onChange={(event) => onChange({ agreementTemplate: event.currentTarget.value })}
      />
    </Card>
  );
}

/** Where the secure environment is, where data is delivered in one. */
function SandboxFields({ written: { sandbox, deliveryKinds }, fault, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  if (!deliveryKinds.includes('sandbox') && isSame(sandbox, BLANK.sandbox)) return null;
  return (
    <fieldset id="sandbox" className="stack place">
      <legend>{word('recordPlace', 'sandbox')}</legend>
      <BothLanguages
        of="sandbox"
        help={t('record.sandboxHelp')}
        text={sandbox.text}
        error={fault('/sandbox/text')}
        onText={(text) => onChange({ sandbox: { ...sandbox, text } })}
      />
      <Address
        url={sandbox.url}
        error={fault('/sandbox/url')}
        onUrl={(url) => onChange({ sandbox: { ...sandbox, url } })}
      />
    </fieldset>
  );
}

/** How the data is shared with other public bodies: apart from how it is opened. */
export function SharingFields({ written, fault, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Card title={t('sharing.title')}>
      <Radio.Group
        label={word('recordPlace', 'sharingTier')}
        value={written.sharingTier}
        error={fault('/sharingTier')}
        onChange={(tier) => onChange({ sharingTier: tier as SharingTier })}
      >
        <div className="choices">
          {SHARING_TIERS.map((tier) => (
            <Radio key={tier} value={tier} label={word('sharingTier', tier)} />
          ))}
        </div>
      </Radio.Group>
      {written.sharingTier === 'conditional' && (
        <BothLanguages
          of="sharingCondition"
          id="sharingCondition"
          text={written.sharingCondition}
          error={fault('/sharingCondition') ?? fault('/sharingConditionWording')}
          onText={(sharingCondition) => onChange({ sharingCondition })}
        />
      )}
      <BothLanguages
        of="legalBasis"
        id="legalBasis"
        help={t('record.basisHelp')}
        text={written.legalBasis}
        error={fault('/legalBasis') ?? fault('/legalBasisWording')}
        onText={(legalBasis) => onChange({ legalBasis })}
      />
    </Card>
  );
}
