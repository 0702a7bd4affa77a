import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ConditionKind, conditionKindsQuery } from '../../api/record';
import type { DutyTerm } from '../../api/types';
import { EntryButtons } from '../../forms/entry-buttons';
import { DueTermInput } from '../../parts/due-term';
import type { FaultAt } from '../../parts/faults';
import { Worded, worded } from '../../parts/wording';

export interface AddedCondition extends DutyTerm {
  readonly kind: string;
  readonly text: string;
}

/** Conditions that the ruling adds to those published with the dataset. */
export function AddedConditions(props: {
  readonly conditions: readonly AddedCondition[];
  readonly isFollowing: boolean;
  readonly fault: FaultAt;
  readonly onConditions: (conditions: readonly AddedCondition[]) => void;
}) {
  const { t } = useTranslation();
  const { conditions, onConditions } = props;
  const kinds = useQuery(conditionKindsQuery()).data?.items ?? [];
  const [first] = kinds;
  if (first === undefined) return null;
  return (
    <>
      {conditions.map((condition, at) => (
        <Added
          key={at}
          number={at + 1}
          condition={condition}
          kinds={kinds}
          fault={(place) => props.fault(`/${at}${place}`)}
          onChange={(next) => onConditions(conditions.map((one, other) => (other === at ? next : one)))}
          onRemove={() => onConditions(conditions.filter((_, other) => other !== at))}
        />
      ))}
      {props.isFollowing && conditions.length > 0 && <p className="muted">{t('approve.conditionsBefore')}</p>}
      <Button variant="default" size="xs" onClick={() => onConditions([...conditions, newOf(first)])}>
        {t('approve.addCondition')}
      </Button>
    </>
  );
}

const newOf = ({ kind, asks }: ConditionKind): AddedCondition => ({ kind, text: worded(asks) });

function Added(props: {
  readonly number: number;
  readonly condition: AddedCondition;
  readonly kinds: readonly ConditionKind[];
  readonly fault: FaultAt;
  readonly onChange: (condition: AddedCondition) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { condition, kinds, fault, onChange } = props;
  const kind = kinds.find((one) => one.kind === condition.kind);
  const term = kind?.term;
  return (
    <fieldset className="proof stack">
      <legend>{t('record.condition', { number: props.number })}</legend>
      <NativeSelect
        label={t('record.kind')}
        description={kind === undefined ? undefined : <Worded text={kind.asks} />}
        value={condition.kind}
        error={fault('/kind')}
        data={kinds.map((one) => ({ value: one.kind, label: worded(one.label) }))}
        onChange={(event) => {
          const chosen = kinds.find((one) => one.kind === event.currentTarget.value);
          if (chosen !== undefined) onChange(newOf(chosen));
        }}
      />
      <Textarea
        label={t('approve.conditionText')}
        required
        autosize
        minRows={2}
        value={condition.text}
        error={fault('/text')}
        onChange={(event) => onChange({ ...condition, text: event.currentTarget.value })}
      />
      {term !== undefined && (
        <DueTermInput
          name={term}
          term={condition}
          error={fault(`/${term}`)}
          onTerm={(due) => onChange({ kind: condition.kind, text: condition.text, ...due })}
        />
      )}
      <EntryButtons onUp={undefined} onRemove={props.onRemove} />
    </fieldset>
  );
}
