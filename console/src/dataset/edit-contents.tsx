import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DISTRIBUTION_KINDS, DOCUMENT_KINDS } from '../api/record';
import { useCodes } from '../parts/codes';
import type { FaultAt } from '../parts/faults';
import { movedUp } from '../parts/lists';
import { Card } from '../parts/page';
import { worded } from '../parts/wording';
import { BothLanguages } from './both-languages';
import {
  inFormat,
  newDistribution,
  newDocument,
  type WrittenDistribution,
  type WrittenDocument,
} from './contents-writing';
import { Entry } from './entry';

/** What is done with one entry of a list. */
interface EntryProps<T> {
  readonly one: T;
  readonly pointer: string;
  readonly fault: FaultAt;
  readonly onChange: (part: Partial<T>) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}

/** The entries of a list in their order; faults name them by their place. */
const entriesOf = <T,>(
  place: string,
  list: readonly T[],
  fault: FaultAt,
  onList: (list: readonly T[]) => void,
): readonly EntryProps<T>[] =>
  list.map((one, at) => ({
    one,
    pointer: `/${place}/${at}`,
    fault,
    onChange: (part) => onList(list.map((other) => (other === one ? { ...other, ...part } : other))),
    onUp: at === 0 ? undefined : () => onList(movedUp(list, at)),
    onRemove: () => onList(list.filter((other) => other !== one)),
  }));

/** The files and interfaces that deliver the data. */
export function EditDistributions(props: {
  readonly distributions: readonly WrittenDistribution[];
  readonly fault: FaultAt;
  readonly onDistributions: (distributions: readonly WrittenDistribution[]) => void;
}) {
  const { t } = useTranslation();
  const { distributions, fault, onDistributions } = props;
  return (
    <Card id="distributions" title={t('dataset.distributions')}>
      <p className="muted">{t('record.distributionsHelp')}</p>
      <div className="entries">
        {entriesOf('distributions', distributions, fault, onDistributions).map((entry) => (
          <EditDistribution key={entry.one.key} {...entry} />
        ))}
      </div>
      <Button variant="default" onClick={() => onDistributions([...distributions, newDistribution(distributions)])}>
        {t('record.addDistribution')}
      </Button>
    </Card>
  );
}

function EditDistribution({ one, pointer, fault, onChange, ...moves }: EntryProps<WrittenDistribution>) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Entry
      name={worded(one.title) || t('record.newDistribution')}
      about={[one.format.toUpperCase(), word('kind', one.kind)].filter((text) => text !== '').join(' · ')}
      added={one.format === ''}
      refused={fault(pointer)}
      {...moves}
    >
      <BothLanguages
        of="title"
        text={one.title}
        error={fault(`${pointer}/title`)}
        onText={(title) => onChange({ title })}
      />
      <div className="field-row">
        <NativeSelect
          label={t('record.distributionKind')}
          value={one.kind}
          error={fault(`${pointer}/kind`)}
          data={DISTRIBUTION_KINDS.map((value) => ({ value, label: word('kind', value) }))}
          onChange={(event) => onChange({ kind: event.currentTarget.value === 'api' ? 'api' : 'file' })}
        />
        <TextInput
          label={t('record.format')}
          value={one.format}
          error={fault(`${pointer}/format`)}
          onChange={(event) => onChange(inFormat(one, event.currentTarget.value))}
        />
        <TextInput
          label={t('record.mediaType')}
          description={t('record.mediaTypeHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={one.mediaType}
          error={fault(`${pointer}/mediaType`)}
          onChange={(event) => onChange({ mediaType: event.currentTarget.value })}
        />
      </div>
      <Address
        url={one.url}
        error={fault(`${pointer}/url`) ?? fault(`${pointer}/id`)}
        onUrl={(url) => onChange({ url })}
      />
    </Entry>
  );
}

/** A sample and a data dictionary: for everyone who sees the record. */
export function EditDocuments(props: {
  readonly documents: readonly WrittenDocument[];
  readonly fault: FaultAt;
  readonly onDocuments: (documents: readonly WrittenDocument[]) => void;
}) {
  const { t } = useTranslation();
  const { documents, fault, onDocuments } = props;
  return (
    <Card id="documents" title={t('dataset.documents')}>
      <p className="muted">{t('record.documentsHelp')}</p>
      <div className="entries">
        {entriesOf('documents', documents, fault, onDocuments).map((entry) => (
          <EditDocument key={entry.one.key} {...entry} />
        ))}
      </div>
      <Button variant="default" onClick={() => onDocuments([...documents, newDocument(documents, DOCUMENT_KINDS[0])])}>
        {t('record.addDocument')}
      </Button>
    </Card>
  );
}

function EditDocument({ one, pointer, fault, onChange, ...moves }: EntryProps<WrittenDocument>) {
  const { t } = useTranslation();
  const word = useCodes();
  return (
    <Entry
      name={worded(one.title) || t('record.newDocument')}
      about={word('document', one.kind)}
      added={one.url === ''}
      refused={fault(pointer)}
      {...moves}
    >
      <NativeSelect
        label={t('record.documentKind')}
        value={one.kind}
        error={fault(`${pointer}/kind`)}
        data={DOCUMENT_KINDS.map((value) => ({ value, label: word('document', value) }))}
        onChange={(event) => onChange({ kind: event.currentTarget.value })}
      />
      <BothLanguages
        of="title"
        text={one.title}
        error={fault(`${pointer}/title`)}
        onText={(title) => onChange({ title })}
      />
      <Address url={one.url} error={fault(`${pointer}/url`)} onUrl={(url) => onChange({ url })} />
    </Entry>
  );
}

/** An address as the record takes it. */
export function Address(props: {
  readonly url: string;
  readonly error: string | undefined;
  readonly onUrl: (url: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('record.address')}
      description={t('record.addressHelp')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="url"
      value={props.url}
      error={props.error}
      onChange={(event) => props.onUrl(event.currentTarget.value)}
    />
  );
}
