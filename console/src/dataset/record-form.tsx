import { useTranslation } from 'react-i18next';
import type { Named } from '../api/types';
import type { FaultAt } from '../parts/faults';
import { Card } from '../parts/page';
import { EditConditions } from './edit-conditions';
import { EditDistributions, EditDocuments } from './edit-contents';
import { EditItems } from './edit-items';
import { RecordFields, SharingFields, TermsFields, TierFields } from './record-fields';
import type { WrittenRecord } from './record-writing';
import { isSameOrder } from './writing';

/** All that a steward writes of a record, whether it is new or kept. */
export function RecordForm(props: {
  readonly written: WrittenRecord;
  readonly publisher: Named;
  /** The record that is edited; absent where it is new. */
  readonly own?: string;
  readonly fault: FaultAt;
  readonly onChange: (part: Partial<WrittenRecord>) => void;
  /** Faults name entries by their place; those are now another's. */
  readonly onMoved: () => void;
}) {
  const { t } = useTranslation();
  const { written, publisher, own, fault } = props;
  const onChange = (part: Partial<WrittenRecord>) => {
    if (LISTS.some((place) => !isSameOrder(part[place] ?? written[place], written[place]))) props.onMoved();
    props.onChange(part);
  };
  const fields = { written, fault, onChange };
  return (
    <>
      <RecordFields {...fields} />
      <TierFields {...fields} />
      <EditItems items={written.items} fault={fault} onItems={(items) => onChange({ items })} />
      <EditDistributions
        distributions={written.distributions}
        fault={fault}
        onDistributions={(distributions) => onChange({ distributions })}
      />
      <EditDocuments documents={written.documents} fault={fault} onDocuments={(documents) => onChange({ documents })} />
      <Card title={t('dataset.conditions')} id="conditions">
        <EditConditions
          publisher={publisher.id}
          own={own}
          conditions={written.conditions}
          fault={fault}
          onConditions={(conditions) => onChange({ conditions })}
        />
      </Card>
      <TermsFields {...fields} />
      <SharingFields {...fields} />
    </>
  );
}

const LISTS = ['items', 'distributions', 'documents', 'conditions'] as const;
