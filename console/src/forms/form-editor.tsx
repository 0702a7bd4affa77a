import '../applications/applications.css';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { type Answers, formsQuery, type PublishedForm } from '../api/forms';
import { PURPOSES, type Purpose } from '../api/types';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { useLeaveGuard } from '../parts/leave-guard';
import { movedUp } from '../parts/lists';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { NotFound } from '../shell/not-found';
import { FieldEditor } from './field-editor';
import { FormFields } from './form-fields';
import { answersToAskBy, emptyField, fieldOf, previewOf, type WrittenField, writtenFrom } from './form-writing';

const route = getRouteApi('/forms/$purpose');

export function FormEditor() {
  const { purpose } = route.useParams();
  return (
    <SignedIn>
      {(PURPOSES as readonly string[]).includes(purpose) ? <Loaded purpose={purpose as Purpose} /> : <NotFound />}
    </SignedIn>
  );
}

/** What is being written stays as it is while the forms in force are read again. */
function Loaded({ purpose }: { readonly purpose: Purpose }) {
  const query = useQuery(formsQuery());
  const [begun, setBegun] = useState<PublishedForm | null>();
  if (begun === undefined && query.data !== undefined && !query.isFetching)
    setBegun(query.data.items.find((one) => one.purpose === purpose) ?? null);
  if (begun === undefined) return <Waiting query={query} />;
  return <Writing key={begun?.id ?? purpose} purpose={purpose} before={begun} />;
}

interface Written {
  readonly zh: string;
  readonly en: string;
  readonly obligatory: boolean;
  readonly fields: readonly WrittenField[];
}

const beginning = (before: PublishedForm | null): Written => {
  const title = typeof before?.title === 'string' ? { zh: before.title } : (before?.title ?? {});
  return {
    zh: title.zh ?? '',
    en: title.en ?? '',
    obligatory: before?.obligatory ?? false,
    fields: before === null ? [emptyField(1)] : before.fields.map((field, at) => writtenFrom(field, at + 1)),
  };
};

const titleOf = ({ zh, en }: Written) => ({ ...(zh.trim() && { zh: zh.trim() }), ...(en.trim() && { en: en.trim() }) });

/** The next version of a purpose's form, with what an applicant would see of it beside. */
function Writing({ purpose, before }: { readonly purpose: Purpose; readonly before: PublishedForm | null }) {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const [first] = useState(() => beginning(before));
  const [written, setWritten] = useState(first);
  const publish = useCommand<PublishedForm>(() => navigate({ to: '/forms', ignoreBlocker: true }));
  useLeaveGuard(!publish.isSuccess && written !== first);
  const fault = useFaults(faultsOf(publish.error));
  const change = (part: Partial<Written>) => setWritten((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { obligatory, fields } = written;
    const form = { purpose, title: titleOf(written), obligatory, fields: fields.map(fieldOf) };
    publish.mutate({ path: '/api/forms', body: { ...form, ...(before === null ? {} : { replaces: before.id }) } });
  };
  return (
    <div className="page">
      <PageTitle
        title={t('forms.editTitle', { purpose: word('purpose', purpose) })}
        above={<TextLink to="/forms">← {t('forms.title')}</TextLink>}
      >
        <p className="lead">{t('forms.editText')}</p>
      </PageTitle>
      {/* The preview asks for answers that nobody has to give. */}
      <form noValidate className="stack" onSubmit={submit}>
        <Card>
          <div className="field-row">
            <TextInput
              label={t('forms.titleZh')}
              value={written.zh}
              error={fault('/title')}
              onChange={(event) => change({ zh: event.currentTarget.value })}
            />
            <TextInput
              label={t('forms.titleEn')}
              value={written.en}
              onChange={(event) => change({ en: event.currentTarget.value })}
            />
          </div>
          <Checkbox
            label={t('forms.mustCarry')}
            checked={written.obligatory}
            onChange={(event) => change({ obligatory: event.currentTarget.checked })}
          />
        </Card>
        <Card title={t('forms.fields')}>
          <Fields fields={written.fields} fault={fault} onFields={(fields) => change({ fields })} />
        </Card>
        <Preview written={written} />
        {publish.isError && <ProblemPanel error={publish.error} />}
        <div className="form-foot">
          <Button type="submit" loading={publish.isPending} disabled={written.fields.length === 0}>
            {t('forms.publish', { number: (before?.number ?? 0) + 1 })}
          </Button>
        </div>
      </form>
    </div>
  );
}

function Fields(props: {
  readonly fields: readonly WrittenField[];
  readonly fault: ReturnType<typeof useFaults>;
  readonly onFields: (fields: readonly WrittenField[]) => void;
}) {
  const { t } = useTranslation();
  const { fields, fault, onFields } = props;
  const next = Math.max(0, ...fields.map(({ key }) => key)) + 1;
  return (
    <>
      {fields.map((field, at) => (
        <FieldEditor
          key={field.key}
          field={field}
          at={at}
          earlier={fields.slice(0, at).filter((one) => answersToAskBy(one).length > 0)}
          fault={fault}
          onChange={(part) => onFields(fields.map((one) => (one.key === field.key ? { ...one, ...part } : one)))}
          onUp={at === 0 ? undefined : () => onFields(movedUp(fields, at))}
          onRemove={() => onFields(fields.filter(({ key }) => key !== field.key))}
        />
      ))}
      <Button variant="default" onClick={() => onFields([...fields, emptyField(next)])}>
        {t('forms.add')}
      </Button>
    </>
  );
}

/** The form to be tried: conditions act, nothing is sent. */
function Preview({ written }: { readonly written: Written }) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <Card title={t('forms.preview')}>
      <FormFields
        form={previewOf(written.fields, titleOf(written))}
        answers={answers}
        fault={() => undefined}
        onAnswers={setAnswers}
      />
    </Card>
  );
}
