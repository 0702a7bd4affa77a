import './forms.css';
import { Checkbox, NativeSelect, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer, Answers, FormField, PurposeForm } from '../api/forms';
import type { FaultAt } from '../parts/faults';
import { worded } from '../parts/wording';
import { isAsked } from './answers';

interface FieldProps {
  readonly field: FormField;
  readonly answer: Answer | undefined;
  readonly error: string | undefined;
  /** Nothing takes the answer away. */
  readonly onAnswer: (answer: Answer | undefined) => void;
}

/** The fields a form asks for now; what other answers make superfluous is not shown, and not sent. */
export function FormFields(props: {
  readonly form: PurposeForm;
  readonly answers: Answers;
  readonly fault: FaultAt;
  readonly onAnswers: (answers: Answers) => void;
}) {
  const { form, answers } = props;
  return form.fields
    .filter((field) => isAsked(form, field, answers))
    .map((field) => (
      <Field
        key={field.name}
        field={field}
        answer={answers[field.name]}
        error={props.fault(`/form/answers/${field.name}`)}
        onAnswer={(answer) => {
          const { [field.name]: _before, ...others } = answers;
          props.onAnswers(answer === undefined ? others : { ...others, [field.name]: answer });
        }}
      />
    ));
}

function Field({ field, answer, error, onAnswer }: FieldProps) {
  const { t } = useTranslation();
  const asked = {
    label: worded(field.title),
    description: field.help === undefined ? undefined : worded(field.help),
    required: field.required,
    error,
  };
  const text = typeof answer === 'string' ? answer : '';
  const options = (field.options ?? []).map(({ value, title }) => ({ value, label: worded(title) }));
  switch (field.kind) {
    case 'text':
      return <TextInput {...asked} value={text} onChange={(event) => onAnswer(event.currentTarget.value)} />;
    case 'long-text':
      return (
        <Textarea
          {...asked}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => onAnswer(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...asked}
          value={text}
          data={[{ value: '', label: t('apply.choose') }, ...options]}
          onChange={(event) => onAnswer(event.currentTarget.value || undefined)}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group {...asked} value={[...(Array.isArray(answer) ? answer : [])]} onChange={onAnswer}>
          <div className="choices">
            {options.map(({ value, label }) => (
              <Checkbox key={value} size="md" value={value} label={label} />
            ))}
          </div>
        </Checkbox.Group>
      );
    case 'number':
      return (
        <NumberInput
          {...asked}
          value={typeof answer === 'number' ? answer : ''}
          onChange={(value) => onAnswer(typeof value === 'number' ? value : undefined)}
        />
      );
    case 'day':
      return (
        <TextInput
          {...asked}
          type="date"
          value={text}
          onChange={(event) => onAnswer(event.currentTarget.value || undefined)}
        />
      );
    case 'yes-no':
      return (
        <Radio.Group
          {...asked}
          value={typeof answer === 'boolean' ? String(answer) : null}
          onChange={(value) => onAnswer(value === 'true')}
        >
          <div className="choices choices-row">
            <Radio size="md" value="true" label={t('forms.yes')} />
            <Radio size="md" value="false" label={t('forms.no')} />
          </div>
        </Radio.Group>
      );
  }
}
