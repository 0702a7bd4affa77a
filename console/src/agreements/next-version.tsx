import '../applications/applications.css';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { type AgreementTemplate, agreementsQuery, EXECUTIONS, type Execution } from '../api/record';
import { BothLanguages } from '../dataset/both-languages';
import { NO_TEXT, sentText, writing, type WrittenText } from '../dataset/writing';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';
import { NotFound } from '../shell/not-found';
import { VersionText } from './version-text';

const route = getRouteApi('/agreements/$template');

export function NewAgreement() {
  return (
    <SignedIn>
      <Administered template={null} />
    </SignedIn>
  );
}
export function NextVersion() {
  const { template } = route.useParams();
  return (
    <SignedIn>
      <Administered key={template} template={template} />
    </SignedIn>
  );
}

/** What is being written stays as it is while the versions in force are read again. */
function Administered({ template }: { readonly template: string | null }) {
  const writes = useSession().has('admin');
  const query = useQuery(agreementsQuery());
  const newest = query.data?.items.find((one) => one.template === template);
  if (!writes) return <NotFound />;
  if (template === null) return <Writing newest={null} />;
  if (query.data === undefined) return <Waiting query={query} />;
  return newest === undefined ? <NotFound /> : <Writing newest={newest} />;
}

interface Written {
  readonly title: WrittenText;
  readonly text: WrittenText;
  readonly execution: Execution;
}
const beginning = (before: AgreementTemplate | null): Written => ({
  title: before === null ? NO_TEXT : writing(before.title),
  text: before === null ? NO_TEXT : writing(before.text),
  execution: before?.execution ?? 'acceptance',
});
const isEmpty = ({ zh, en }: WrittenText): boolean => zh.trim() === '' && en.trim() === '';

/** A new template, or the next version on top of the one that was read; a newer one is never written over unseen. */
function Writing({ newest }: { readonly newest: AgreementTemplate | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [base, setBase] = useState(newest);
  const [first] = useState(() => beginning(newest));
  const [written, setWritten] = useState(first);
  const publish = useCommand<AgreementTemplate>(() => navigate({ to: '/agreements', ignoreBlocker: true }));
  useLeaveGuard(!publish.isSuccess && written !== first);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { title: sentText(written.title), text: sentText(written.text), execution: written.execution };
    if (base === null) publish.mutate({ path: '/api/agreements', body });
    else publish.mutate({ path: `/api/agreements/${base.template}/commands/revise`, body, etag: base.etag });
  };
  const isLater = newest !== null && base !== null && newest.version > base.version && !publish.isSuccess;
  return (
    <div className="page middling">
      <PageTitle
        title={base === null ? t('agreements.new') : t('agreements.nextOf', { title: worded(base.title) })}
        above={<TextLink to="/agreements">← {t('agreements.title')}</TextLink>}
      >
        <p className="lead">{t(base === null ? 'agreements.newText' : 'agreements.nextText')}</p>
      </PageTitle>
      <form noValidate className="stack" onSubmit={submit}>
        <Fields written={written} error={publish.error} onWritten={setWritten} />
        {isLater && (
          <Meanwhile
            newest={newest}
            onCarryOver={() => {
              setBase(newest);
              publish.reset();
            }}
          />
        )}
        {publish.isError && <ProblemPanel error={publish.error} />}
        <div className="form-foot">
          <Button
            type="submit"
            loading={publish.isPending}
            disabled={written === first || isEmpty(written.title) || isEmpty(written.text)}
          >
            {t('agreements.publish', { version: (base?.version ?? 0) + 1 })}
          </Button>
        </div>
      </form>
    </div>
  );
}

function Fields(props: {
  readonly written: Written;
  readonly error: unknown;
  readonly onWritten: (written: Written) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { written, error, onWritten } = props;
  const fault = useFaults(faultsOf(error));
  return (
    <Card>
      <BothLanguages
        of="title"
        text={written.title}
        error={fault('/title')}
        onText={(title) => onWritten({ ...written, title })}
      />
      <BothLanguages
        of="agreementText"
        text={written.text}
        error={fault('/text')}
        onText={(text) => onWritten({ ...written, text })}
      />
      <NativeSelect
        label={t('agreements.execution')}
        value={written.execution}
        error={fault('/execution')}
        onChange={(event) => onWritten({ ...written, execution: event.currentTarget.value as Execution })}
        data={EXECUTIONS.map((value) => ({ value, label: word('execution', value) }))}
      />
    </Card>
  );
}

/** Somebody else published first: what they wrote is read here before anything is written on top of it. */
function Meanwhile(props: { readonly newest: AgreementTemplate; readonly onCarryOver: () => void }) {
  const { t } = useTranslation();
  const { newest, onCarryOver } = props;
  return (
    <div className="note note-wait stack" role="status">
      <p>{t('agreements.meanwhile', { version: newest.version })}</p>
      <VersionText title={newest.title} text={newest.text} />
      <p>
        <Button variant="default" onClick={onCarryOver}>
          {t('record.carryOver')}
        </Button>
      </p>
    </div>
  );
}
