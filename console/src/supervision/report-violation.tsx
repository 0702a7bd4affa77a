import '../applications/applications.css';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { grantQuery } from '../api/queries';
import { VIOLATION_KINDS, type Violation } from '../api/supervision';
import type { Grant } from '../api/grants';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { worded } from '../parts/wording';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/grants/$id/violation');
/** What suspends the grant at once, said before the button. */
const AT_ONCE: readonly string[] = ['beyond-scenario', 're-identification'];

export function ReportViolation() {
  return (
    <SignedIn>
      <Loaded />
    </SignedIn>
  );
}

function Loaded() {
  const { id } = route.useParams();
  const query = useQuery(grantQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Report grant={query.data} />;
}

/** What was not done by its day is what one comes for, where there is something. */
const likeliestOf = ({ duties = [] }: Grant): string =>
  duties.some(({ overdue }) => overdue) ? 'missed-report' : VIOLATION_KINDS[0];

function Report({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation();
  const word = useCodes();
  const navigate = useNavigate();
  const [kind, setKind] = useState<string>(() => likeliestOf(grant));
  const [description, setDescription] = useState('');
  const [reference, setReference] = useState('');
  const report = useCommand<Violation>(({ id }) =>
    navigate({ to: '/violations/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!report.isSuccess && isWritten(description, reference));
  const faultAt = useFaults(faultsOf(report.error));
  const names = {
    organisation: worded(grant.organisationName) || grant.organisation,
    dataset: worded(grant.datasetTitle) || grant.dataset,
  };
  const evidence = reference.trim() === '' ? [] : [{ reference: reference.trim() }];
  const give = () =>
    report.mutate({
      path: '/api/violations',
      body: { grant: grant.id, kind, description: description.trim(), evidence },
    });
  return (
    <div className="page">
      <PageTitle
        title={t('report.title')}
        above={
          <TextLink to="/grants/$id" params={{ id: grant.id }}>
            ← {names.dataset}
          </TextLink>
        }
      >
        <p className="lead">{t('report.text', names)}</p>
      </PageTitle>
      <Card>
        <form
          className="command-form"
          onSubmit={(event) => {
            event.preventDefault();
            give();
          }}
        >
          {report.isError && <ProblemPanel error={report.error} />}
          <NativeSelect
            label={t('report.kind')}
            value={kind}
            error={faultAt('/kind')}
            onChange={(event) => setKind(event.currentTarget.value)}
            data={VIOLATION_KINDS.map((value) => ({ value, label: word('violationKind', value) }))}
          />
          {AT_ONCE.includes(kind) && <p className="note note-wait">{t('report.atOnce', names)}</p>}
          <Textarea
            label={t('report.description')}
            required
            autosize
            minRows={4}
            value={description}
            error={faultAt('/description')}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <TextInput
            label={t('report.evidence')}
            value={reference}
            error={faultAt('/evidence/0/reference')}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
          <div className="row">
            <Button type="submit" loading={report.isPending} disabled={description.trim() === ''}>
              {t('report.give')}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  );
}
