import { Button, Textarea, TextInput } from '@mantine/core';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaultAt } from '../parts/faults';
import { movedUp } from '../parts/lists';
import { Card } from '../parts/page';
import { worded } from '../parts/wording';
import { BothLanguages } from './both-languages';
import { itemsFrom, newItem, type WrittenItem } from './contents-writing';
import { Entry } from './entry';

interface Props {
  readonly items: readonly WrittenItem[];
  readonly fault: FaultAt;
  readonly onItems: (items: readonly WrittenItem[]) => void;
}

/** The columns of the data: one by one, or many at once from a spreadsheet. */
export function EditItems({ items, fault, onItems }: Props) {
  const { t } = useTranslation();
  const acts = useActs(items, onItems);
  return (
    <Card
      id="items"
      title={t('dataset.items')}
      aside={<span className="muted">{t('dataset.itemCount', { count: items.length })}</span>}
    >
      {items.length > 0 && (
        <div className="entries">
          {items.map((item, at) => (
            <EditItem
              key={item.key}
              item={item}
              first={at === 0}
              refused={fault(`/items/${at}`)}
              nameFault={fault(`/items/${at}/name`)}
              titleFault={fault(`/items/${at}/title`)}
              typeFault={fault(`/items/${at}/type`)}
              acts={acts}
            />
          ))}
        </div>
      )}
      <Button variant="default" onClick={() => onItems([...items, newItem(items)])}>
        {t('record.addItem')}
      </Button>
      <Many items={items} onItems={onItems} />
    </Card>
  );
}

interface Acts {
  readonly change: (item: WrittenItem, part: Partial<WrittenItem>) => void;
  readonly up: (item: WrittenItem) => void;
  readonly remove: (item: WrittenItem) => void;
}

/** What is done with an item of the list as it stands then: the same functions all the while. */
function useActs(items: readonly WrittenItem[], onItems: Props['onItems']): Acts {
  const latest = useRef({ items, onItems });
  useEffect(() => {
    latest.current = { items, onItems };
  });
  return useMemo(() => {
    const give = (act: (now: readonly WrittenItem[]) => readonly WrittenItem[]) =>
      latest.current.onItems(act(latest.current.items));
    return {
      change: ({ key }, part) => give((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one))),
      up: ({ key }) =>
        give((now) =>
          movedUp(
            now,
            now.findIndex((one) => one.key === key),
          ),
        ),
      remove: ({ key }) => give((now) => now.filter((one) => one.key !== key)),
    };
  }, []);
}

/** Drawn again only when something of it is another: a table may have two thousand columns. */
const EditItem = memo(function EditItem(props: {
  readonly item: WrittenItem;
  readonly first: boolean;
  readonly refused: string | undefined;
  readonly nameFault: string | undefined;
  readonly titleFault: string | undefined;
  readonly typeFault: string | undefined;
  readonly acts: Acts;
}) {
  const { item, acts } = props;
  const { t } = useTranslation();
  const onChange = (part: Partial<WrittenItem>) => acts.change(item, part);
  return (
    <Entry
      name={item.name === '' ? t('record.newItem') : <span className="mono">{item.name}</span>}
      about={[worded(item.title), item.type].filter((text) => text !== '').join(' · ')}
      added={item.name === ''}
      refused={props.refused}
      onUp={props.first ? undefined : () => acts.up(item)}
      onRemove={() => acts.remove(item)}
    >
      <div className="field-row">
        <TextInput
          label={t('dataset.itemName')}
          description={t('record.nameHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={item.name}
          error={props.nameFault}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('record.itemType')}
          description={t('record.itemTypeHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={item.type}
          error={props.typeFault}
          onChange={(event) => onChange({ type: event.currentTarget.value })}
        />
      </div>
      <BothLanguages of="title" text={item.title} error={props.titleFault} onText={(title) => onChange({ title })} />
    </Entry>
  );
});

function Many({ items, onItems }: Omit<Props, 'fault'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const add = () => {
    const done = itemsFrom(text, items);
    onItems(done.items);
    setText(done.left);
    setSaid(
      [t('record.itemsAdded', { count: done.added }), done.left === '' ? '' : t('record.itemsLeft')].join(' ').trim(),
    );
  };
  return (
    <details className="entry">
      <summary>{t('record.manyItems')}</summary>
      <div className="stack">
        <Textarea
          label={t('record.lines')}
          description={t('record.linesHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={4}
          maxRows={16}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p>
          <Button variant="default" disabled={text.trim() === ''} onClick={add}>
            {t('record.addLines')}
          </Button>
        </p>
        <p className="muted" role="status">
          {said}
        </p>
      </div>
    </details>
  );
}
