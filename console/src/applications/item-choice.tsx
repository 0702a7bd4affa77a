import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '../api/datasets';
import { TierBadge } from '../parts/tier-badge';
import { Worded, worded } from '../parts/wording';

/** The whole dataset, or some of its items. No items chosen means the whole dataset. */
export function ItemChoice(props: {
  readonly record: Dataset;
  readonly chosen: readonly string[];
  readonly onChosen: (items: readonly string[]) => void;
  /** The whole of it is not to be had. */
  readonly itemsOnly?: boolean;
}) {
  const { t } = useTranslation();
  const { record, chosen } = props;
  const items = record.items ?? [];
  const { itemsOnly = false } = props;
  const [some, setSome] = useState(chosen.length > 0 || itemsOnly);
  return (
    <fieldset className="item-choice">
      <legend>
        <Worded text={record.title} />
      </legend>
      <Radio.Group
        aria-label={t('apply.scope', { title: worded(record.title) })}
        value={some ? 'some' : 'all'}
        onChange={(value) => {
          setSome(value === 'some');
          props.onChosen([]);
        }}
      >
        <div className="row">
          <Radio value="all" label={t('apply.whole')} disabled={itemsOnly} />
          {items.length > 0 && <Radio value="some" label={t('apply.some')} />}
        </div>
      </Radio.Group>
      {some && (
        <ul className="item-list">
          {items.map((item) => (
            <li key={item.name}>
              <Checkbox
                label={worded(item.title) || item.name}
                disabled={item.tier === 'restricted'}
                checked={chosen.includes(item.name)}
                onChange={(event) =>
                  props.onChosen(
                    event.currentTarget.checked ? [...chosen, item.name] : chosen.filter((name) => name !== item.name),
                  )
                }
              />
              <TierBadge tier={item.tier} />
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
