import { Checkbox, NativeSelect, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../../api/queries';
import type { Application, AskedDataset } from '../../api/applications';
import type { Dataset } from '../../api/datasets';
import { useCodes } from '../../parts/codes';
import type { FormProps } from '../../parts/command-panel';
import type { FaultAt } from '../../parts/faults';
import { worded } from '../../parts/wording';
import { StandsAlone } from '../../similar/stands-alone';
import { asShared } from '../apply-state';
import { type AddedCondition, AddedConditions } from './added-conditions';
import { REFUSAL_CODES } from './refuse-form';

interface Narrowing {
  readonly approved: boolean;
  readonly items: readonly string[];
  readonly to: string;
  readonly quota: number | null;
  /** Beside those that are published. */
  readonly conditions: readonly AddedCondition[];
  /** Why it is left out; nothing where that is not said. */
  readonly code: string;
  readonly text: string;
}

/** The items that were asked for: those named, or all that may be used at all. */
const askedItems = (asked: AskedDataset, record: Dataset | undefined): readonly string[] =>
  asked.items.length > 0
    ? asked.items
    : (record?.items ?? []).filter((item) => item.tier !== 'restricted').map((item) => item.name);

/** Between public bodies the tiers of opening leave no item out. */
const recordOf = (record: Dataset | undefined, { kind }: Application): Dataset | undefined =>
  kind === 'sharing' && record !== undefined ? asShared(record) : record;

/** Approves as asked, or narrower: fewer datasets, fewer items, an earlier end, a quota. Never more than was asked. */
export function ApproveForm({ onBody, faultAt, application }: FormProps & { readonly application: Application }) {
  const { t } = useTranslation();
  const [narrow, setNarrow] = useState(false);
  const [reason, setReason] = useState('');
  const [parts, setParts] = useState<Readonly<Record<string, Narrowing>>>({});
  const records = useQueries({ queries: application.datasets.map((one) => datasetQuery(one.dataset)) });
  const whole: Narrowing = {
    approved: true,
    items: [],
    to: application.period.to,
    quota: null,
    conditions: [],
    code: '',
    text: '',
  };
  const partOf = (id: string): Narrowing => parts[id] ?? whole;
  useEffect(() => {
    const said = reason.trim() === '' ? {} : { reason: reason.trim() };
    if (!narrow) return onBody(said);
    const approved = application.datasets.filter(({ dataset }) => (parts[dataset] ?? { approved: true }).approved);
    if (approved.length === 0) return onBody(null);
    const datasets = approved.map(({ dataset }) => {
      const part = parts[dataset];
      return {
        dataset,
        ...(part === undefined || part.items.length === 0 ? {} : { items: part.items }),
        ...(part === undefined || part.to === application.period.to
          ? {}
          : { period: { from: application.period.from, to: part.to } }),
        ...(part?.quota == null ? {} : { quota: part.quota }),
        ...(part === undefined || part.conditions.length === 0 ? {} : { conditions: part.conditions }),
      };
    });
    const leftOut = application.datasets.flatMap(({ dataset }) => {
      const part = parts[dataset];
      return part === undefined || part.approved || part.code === ''
        ? []
        : [{ dataset, code: part.code, text: part.text.trim() }];
    });
    const isUnsaid = approved.some(({ dataset }) => parts[dataset]?.conditions.some(({ text }) => text.trim() === ''));
    if (isUnsaid || leftOut.some(({ text }) => text === '')) return onBody(null);
    return onBody({ ...said, datasets, ...(leftOut.length === 0 ? {} : { leftOut }) });
  }, [narrow, reason, parts, application, onBody]);
  return (
    <>
      <Radio.Group
        label={t('approve.extent')}
        value={narrow ? 'narrow' : 'asked'}
        onChange={(value) => setNarrow(value === 'narrow')}
      >
        <div className="choices">
          <Radio value="asked" label={t('approve.asAsked')} />
          <Radio value="narrow" label={t('approve.narrower')} />
        </div>
      </Radio.Group>
      <StandsAlone application={application.id} ruling={narrow ? 'approved-in-part' : 'approved'} />
      {faultAt('/datasets') !== undefined && <p className="field-error">{faultAt('/datasets')}</p>}
      {narrow &&
        application.datasets.map((asked, at) => (
          <Part
            key={asked.dataset}
            asked={asked}
            items={askedItems(asked, recordOf(records[at]?.data, application))}
            record={records[at]?.data}
            part={partOf(asked.dataset)}
            latest={application.period.to}
            isFollowing={application.succeeds != null}
            faultAt={(place) => faultAt(`/datasets/${at}${place}`)}
            onPart={(part) => setParts((before) => ({ ...before, [asked.dataset]: part }))}
          />
        ))}
      <Textarea
        label={t('command.reasonOptional')}
        autosize
        minRows={2}
        value={reason}
        error={faultAt('/reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </>
  );
}

function Part(props: {
  readonly asked: AskedDataset;
  readonly record: Dataset | undefined;
  readonly items: readonly string[];
  readonly part: Narrowing;
  readonly latest: string;
  readonly isFollowing: boolean;
  readonly faultAt: FaultAt;
  readonly onPart: (part: Narrowing) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { part, items } = props;
  const kept = part.items.length === 0 ? items : part.items;
  const titleOf = (name: string) => worded(props.record?.items?.find((item) => item.name === name)?.title) || name;
  return (
    <fieldset className="proof">
      <legend>{worded(props.asked.title) || props.asked.dataset}</legend>
      <Checkbox
        label={t('approve.include')}
        checked={part.approved}
        onChange={(event) => props.onPart({ ...part, approved: event.currentTarget.checked })}
      />
      {!part.approved && (
        <>
          <NativeSelect
            label={t('approve.whyLeftOut')}
            value={part.code}
            data={[
              { value: '', label: t('approve.notSaid') },
              ...REFUSAL_CODES.map((value) => ({ value, label: word('refusalReason', value) })),
            ]}
            onChange={(event) => props.onPart({ ...part, code: event.currentTarget.value })}
          />
          {part.code !== '' && (
            <Textarea
              label={t('refuse.text')}
              required
              autosize
              minRows={2}
              value={part.text}
              onChange={(event) => props.onPart({ ...part, text: event.currentTarget.value })}
            />
          )}
        </>
      )}
      {part.approved && (
        <>
          <Checkbox.Group
            label={t('approve.items')}
            value={[...kept]}
            onChange={(chosen) => props.onPart({ ...part, items: chosen.length === items.length ? [] : chosen })}
          >
            <div className="choices">
              {items.map((name) => (
                <Checkbox
                  key={name}
                  value={name}
                  label={titleOf(name)}
                  disabled={kept.length === 1 && kept[0] === name}
                />
              ))}
            </div>
          </Checkbox.Group>
          <TextInput
            type="date"
            label={t('approve.until')}
            max={props.latest}
            value={part.to}
            onChange={(event) => props.onPart({ ...part, to: event.currentTarget.value || props.latest })}
          />
          <NumberInput
            label={t('approve.quota')}
            min={1}
            allowDecimal={false}
            value={part.quota ?? ''}
            onChange={(value) => props.onPart({ ...part, quota: typeof value === 'number' ? value : null })}
          />
          <AddedConditions
            conditions={part.conditions}
            isFollowing={props.isFollowing}
            fault={(place) => props.faultAt(`/conditions${place}`)}
            onConditions={(conditions) => props.onPart({ ...part, conditions })}
          />
        </>
      )}
    </fieldset>
  );
}
