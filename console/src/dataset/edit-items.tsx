import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
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
              pointer={`/items/${at}`}
              fault={fault}
              onChange={(part) => onItems(items.map((one) => (one === item ? { ...one, ...part } : one)))}
              onUp={at === 0 ? undefined : () => onItems(movedUp(items, at))}
              onRemove={() => onItems(items.filter((one) => one !== item))}
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

function EditItem(props: {
  readonly item: WrittenItem;
  readonly pointer: string;
  readonly fault: FaultAt;
  readonly onChange: (part: Partial<WrittenItem>) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}) {
  const { item, pointer, fault, onChange } = props;
  const { t } = useTranslation();
  return (
    <Entry
      name={item.name === '' ? t('record.newItem') : <span className="mono">{item.name}</span>}
      about={[worded(item.title), item.type].filter((text) => text !== '').join(' · ')}
      added={item.name === ''}
      refused={fault(pointer)}
      onUp={props.onUp}
      onRemove={props.onRemove}
    >
      <div className="field-row">
        <TextInput
          label={t('dataset.itemName')}
          description={t('record.nameHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={item.name}
          error={fault(`${pointer}/name`)}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('record.itemType')}
          description={t('record.itemTypeHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={item.type}
          error={fault(`${pointer}/type`)}
          onChange={(event) => onChange({ type: event.currentTarget.value })}
        />
      </div>
      <BothLanguages
        of="title"
        text={item.title}
        error={fault(`${pointer}/title`)}
        onText={(title) => onChange({ title })}
      />
    </Entry>
  );
}

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
