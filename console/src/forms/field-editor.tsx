import { Checkbox, Chip, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FIELD_KINDS, type FieldKind } from '../api/forms';
import { useCodes } from '../parts/codes';
import type { FaultAt } from '../parts/faults';
import { EntryButtons } from './entry-buttons';
import { answersToAskBy, isChoice, isText, type WrittenField } from './form-writing';

interface Props {
  readonly field: WrittenField;
  readonly at: number;
  /** Fields before this one that can decide whether it is asked. */
  readonly earlier: readonly WrittenField[];
  readonly fault: FaultAt;
  readonly onChange: (part: Partial<WrittenField>) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}

/** One field of a form that is being written. */
export function FieldEditor({ field, at, earlier, fault, onChange, onUp, onRemove }: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  const pointer = `/fields/${at}`;
  const text = (
    name: 'name' | 'zh' | 'en' | 'helpZh' | 'helpEn' | 'maxLength' | 'minimum' | 'maximum',
    label: string,
    error?: string,
  ) => (
    <TextInput
      label={label}
      value={field[name]}
      error={error}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset className="proof stack" data-field={field.name}>
      <legend>{t('forms.field', { number: at + 1 })}</legend>
      <div className="field-row">
        {text('zh', t('forms.questionZh'), fault(`${pointer}/title`))}
        {text('en', t('forms.questionEn'))}
      </div>
      <div className="field-row">
        {text('name', t('forms.name'), fault(`${pointer}/name`))}
        <NativeSelect
          label={t('forms.kind')}
          value={field.kind}
          data={FIELD_KINDS.map((value) => ({ value, label: word('fieldKind', value) }))}
          onChange={(event) => onChange({ kind: event.currentTarget.value as FieldKind })}
        />
      </div>
      <div className="field-row">
        {text('helpZh', t('forms.helpZh'), fault(`${pointer}/help`))}
        {text('helpEn', t('forms.helpEn'))}
      </div>
      {isText(field.kind) && text('maxLength', t('forms.maxLength'), fault(`${pointer}/maxLength`))}
      {isChoice(field.kind) && (
        <Textarea
          label={t('forms.options')}
          description={t('forms.optionsHelp')}
          autosize
          minRows={3}
          value={field.options}
          error={fault(`${pointer}/options`)}
          onChange={(event) => onChange({ options: event.currentTarget.value })}
        />
      )}
      {field.kind === 'number' && (
        <div className="field-row">
          {text('minimum', t('forms.minimum'), fault(`${pointer}/minimum`))}
          {text('maximum', t('forms.maximum'), fault(`${pointer}/maximum`))}
        </div>
      )}
      <Checkbox
        label={t('forms.required')}
        checked={field.required}
        onChange={(event) => onChange({ required: event.currentTarget.checked })}
      />
      <Condition field={field} earlier={earlier} error={fault(`${pointer}/when`)} onChange={onChange} />
      <EntryButtons onUp={onUp} onRemove={onRemove} />
    </fieldset>
  );
}

/** Asked always, or only with some answers to a field before it. */
function Condition(props: Pick<Props, 'field' | 'earlier' | 'onChange'> & { readonly error: string | undefined }) {
  const { field, earlier, error, onChange } = props;
  const { t } = useTranslation();
  if (earlier.length === 0) return null;
  const deciding = earlier.find(({ name }) => name === field.whenField);
  return (
    <div className="stack">
      <NativeSelect
        label={t('forms.when')}
        value={field.whenField}
        error={error}
        data={[
          { value: '', label: t('forms.always') },
          ...earlier.map(({ name, zh, en }) => ({ value: name, label: zh || en || name })),
        ]}
        onChange={(event) => onChange({ whenField: event.currentTarget.value, whenIn: [] })}
      />
      {deciding !== undefined && (
        <Chip.Group multiple value={[...field.whenIn]} onChange={(whenIn) => onChange({ whenIn })}>
          <div className="row">
            {answersToAskBy(deciding).map((value) => (
              <Chip key={value} value={value}>
                {deciding.kind === 'yes-no' ? t(value === 'yes' ? 'forms.yes' : 'forms.no') : value}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      )}
    </div>
  );
}
