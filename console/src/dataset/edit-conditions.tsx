import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { datasetQuery, datasetsQuery } from '../api/queries';
import { APPLICANT_KINDS, type ConditionKind, conditionKindsQuery, NAMES_APPLICANTS } from '../api/record';
import type { DatasetCondition } from '../api/datasets';
import { useCodes } from '../parts/codes';
import { EntryButtons } from '../forms/entry-buttons';
import { DueTermInput } from '../parts/due-term';
import type { FaultAt } from '../parts/faults';
import { movedUp } from '../parts/lists';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { Worded, worded } from '../parts/wording';
import { BothLanguages } from './both-languages';
import { conditionOf, ofKind, type WrittenCondition, withThose } from './record-writing';
import { nextKey } from './writing';

interface Props {
  /** The body whose other records may lend theirs. */
  readonly publisher: string;
  /** The record that is edited; absent where it is new. */
  readonly own: string | undefined;
  readonly conditions: readonly WrittenCondition[];
  readonly fault: FaultAt;
  readonly onConditions: (conditions: readonly WrittenCondition[]) => void;
}

/** The conditions in their order, each of a published kind. */
export function EditConditions({ publisher, own, conditions, fault, onConditions }: Props) {
  const { t } = useTranslation();
  const query = useQuery(conditionKindsQuery());
  const first = query.data?.items[0];
  if (query.data === undefined || first === undefined) return <Waiting query={query} />;
  const kinds = query.data.items;
  const unused = kinds.find(({ kind }) => !conditions.some((one) => one.kind === kind)) ?? first;
  return (
    <>
      <p className="muted">{t('record.conditionsHelp')}</p>
      {conditions.length === 0 && <p>{t('dataset.noConditions')}</p>}
      {conditions.map((condition, at) => (
        <EditCondition
          key={condition.key}
          condition={condition}
          at={at}
          kinds={kinds}
          fault={fault}
          onChange={(part) => onConditions(conditions.map((one) => (one === condition ? { ...one, ...part } : one)))}
          onUp={at === 0 ? undefined : () => onConditions(movedUp(conditions, at))}
          onRemove={() => onConditions(conditions.filter((one) => one !== condition))}
        />
      ))}
      <Button variant="default" onClick={() => onConditions([...conditions, conditionOf(unused, nextKey(conditions))])}>
        {t('record.addCondition')}
      </Button>
      <TakeOver publisher={publisher} own={own} onTake={(those) => onConditions(withThose(conditions, those))} />
    </>
  );
}

/** Many datasets of one body ask for the same: the conditions of another one, beside those that stand here. */
function TakeOver(props: {
  readonly publisher: string;
  readonly own: string | undefined;
  readonly onTake: (conditions: readonly DatasetCondition[]) => void;
}) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { own, publisher } = props;
  const list = useQuery(datasetsQuery({ publisher, tier: 'conditional', limit: 100 }));
  const take = useMutation({
    mutationFn: (id: string) => queryClient.fetchQuery(datasetQuery(id)),
    onSuccess: ({ conditions }) => props.onTake(conditions ?? []),
  });
  const others = list.data?.items.filter(({ id }) => id !== own) ?? [];
  if (others.length === 0) return null;
  return (
    <>
      <NativeSelect
        label={t('record.takeOver')}
        description={t('record.takeOverHelp')}
        value=""
        data={[
          { value: '', label: t('record.chooseDataset') },
          ...others.map(({ id, title }) => ({ value: id, label: worded(title) })),
        ]}
        onChange={({ currentTarget: { value } }) => value !== '' && take.mutate(value)}
      />
      {take.isError && <ProblemPanel error={take.error} />}
    </>
  );
}

function EditCondition(props: {
  readonly condition: WrittenCondition;
  readonly at: number;
  readonly kinds: readonly ConditionKind[];
  readonly fault: FaultAt;
  readonly onChange: (part: Partial<WrittenCondition>) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}) {
  const { condition, at, kinds, fault, onChange, onUp, onRemove } = props;
  const { t } = useTranslation();
  const kind = kinds.find((one) => one.kind === condition.kind);
  const pointer = `/conditions/${at}`;
  return (
    <fieldset className="proof stack" data-condition={condition.kind}>
      <legend>{t('record.condition', { number: at + 1 })}</legend>
      <NativeSelect
        label={t('record.kind')}
        description={kind === undefined ? undefined : <Worded text={kind.asks} />}
        value={condition.kind}
        error={fault(`${pointer}/kind`)}
        data={kinds.map((one) => ({ value: one.kind, label: worded(one.label) }))}
        onChange={(event) => {
          const chosen = kinds.find((one) => one.kind === event.currentTarget.value);
          if (chosen !== undefined) onChange(ofKind(condition, kind, chosen));
        }}
      />
      <BothLanguages
        of="conditionText"
        text={condition.text}
        error={fault(`${pointer}/text`)}
        onText={(text) => onChange({ text })}
      />
      {condition.kind === NAMES_APPLICANTS && (
        <ApplicantKinds condition={condition} error={fault(`${pointer}/applicants`)} onChange={onChange} />
      )}
      {kind?.evidence === 'optional' && condition.applicants.length === 0 && (
        <Checkbox
          label={t('record.evidence')}
          checked={condition.evidenceRequired}
          error={fault(`${pointer}/evidenceRequired`)}
          onChange={(event) => onChange({ evidenceRequired: event.currentTarget.checked })}
        />
      )}
      {kind?.term !== undefined && (
        <DueTermInput
          name={kind.term}
          term={condition.term}
          error={fault(`${pointer}/${kind.term}`)}
          onTerm={(term) => onChange({ term })}
        />
      )}
      <EntryButtons onUp={onUp} onRemove={onRemove} />
    </fieldset>
  );
}

/** Whether an applicant is of these kinds is matched by the machine, and no proof of it is asked for. */
function ApplicantKinds(props: {
  readonly condition: WrittenCondition;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<WrittenCondition>) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Checkbox.Group
      label={t('record.applicants')}
      description={t('record.applicantsHelp')}
      value={[...props.condition.applicants]}
      error={props.error}
      onChange={(applicants) =>
        props.onChange({ applicants, ...(applicants.length > 0 && { evidenceRequired: false }) })
      }
    >
      <div className="choices">
        {APPLICANT_KINDS.map((kind) => (
          <Checkbox key={kind} value={kind} label={word('applicantKind', kind)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
