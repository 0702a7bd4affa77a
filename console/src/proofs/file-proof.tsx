import '../applications/applications.css';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { EVIDENCE_KINDS, type FiledEvidence, filedEvidenceQuery } from '../api/evidence';
import type { Attachment } from '../api/types';
import { Attach } from '../attachments/attach';
import { useCodes } from '../parts/codes';
import { type FaultAt, faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { Card, PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';
import { Waiting } from '../parts/waiting';
import { textFields } from '../parts/text-fields';
import { SignedIn } from '../shell/guard';
import { TextLink } from '../shell/link-button';

const route = getRouteApi('/evidence/new');

/** Filing evidence of one's organisation, or what renews an earlier one. */
export function FileProof() {
  const { t } = useTranslation();
  const { kind, replaces } = route.useSearch();
  return (
    <SignedIn>
      <div className="page middling">
        <PageTitle
          title={t(replaces === undefined ? 'proofs.file' : 'proofs.renew')}
          above={<TextLink to="/evidence">← {t('proofs.title')}</TextLink>}
        >
          <p className="lead">{t('proofs.fileText')}</p>
        </PageTitle>
        {replaces === undefined ? <Form kind={kind ?? EVIDENCE_KINDS[0]} earlier={null} /> : <Renewing id={replaces} />}
      </div>
    </SignedIn>
  );
}

function Renewing({ id }: { readonly id: string }) {
  const query = useQuery(filedEvidenceQuery(id));
  if (query.data === undefined) return <Waiting query={query} />;
  return <Form kind={query.data.kind} earlier={query.data} />;
}

interface Terms {
  readonly kind: string;
  readonly issuer: string;
  readonly reference: string;
  readonly validFrom: string;
  readonly validUntil: string;
}

/** Only what was written; an empty day is none. */
const bodyOf = (terms: Terms, files: readonly Attachment[], earlier: FiledEvidence | null) => ({
  kind: terms.kind,
  issuer: terms.issuer.trim(),
  reference: terms.reference.trim(),
  ...(terms.validFrom === '' ? {} : { validFrom: terms.validFrom }),
  ...(terms.validUntil === '' ? {} : { validUntil: terms.validUntil }),
  ...(files[0] === undefined ? {} : { attachment: files[0].id }),
  ...(earlier === null ? {} : { replaces: earlier.id }),
});

function Form({ kind, earlier }: { readonly kind: string; readonly earlier: FiledEvidence | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const [terms, setTerms] = useState<Terms>({
    kind,
    issuer: earlier?.issuer ?? '',
    reference: '',
    validFrom: '',
    validUntil: '',
  });
  const give = useCommand<FiledEvidence>(({ id }) =>
    navigate({ to: '/evidence/$id', params: { id }, ignoreBlocker: true }),
  );
  useLeaveGuard(!give.isSuccess && (isWritten(terms.reference) || files.length > 0));
  const faultAt = useFaults(faultsOf(give.error));
  const ready = terms.issuer.trim() !== '' && terms.reference.trim() !== '';
  return (
    <Card title={t('proofs.paper')}>
      <form
        className="command-form"
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate({ path: '/api/evidence', body: bodyOf(terms, files, earlier) });
        }}
      >
        {give.isError && <ProblemPanel error={give.error} />}
        <Fields
          terms={terms}
          fixed={earlier !== null}
          faultAt={faultAt}
          onTerms={(change) => setTerms((before) => ({ ...before, ...change }))}
        />
        <Attach files={files} error={faultAt('/attachment')} onFiles={(all) => setFiles(all.slice(-1))} />
        <div className="row">
          <Button type="submit" disabled={!ready} loading={give.isPending}>
            {t('proofs.give')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Fields(props: {
  readonly terms: Terms;
  /** The kind of what is renewed stays. */
  readonly fixed: boolean;
  readonly faultAt: FaultAt;
  readonly onTerms: (change: Partial<Terms>) => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const { terms, faultAt, onTerms } = props;
  const text = textFields(terms, faultAt, onTerms);
  return (
    <>
      <NativeSelect
        label={t('proofs.kind')}
        required
        disabled={props.fixed}
        value={terms.kind}
        error={faultAt('/kind')}
        onChange={(event) => onTerms({ kind: event.currentTarget.value })}
        data={EVIDENCE_KINDS.map((value) => ({ value, label: word('conditionKind', value) }))}
      />
      <TextInput label={t('proofs.issuer')} required {...text('issuer')} />
      <TextInput label={t('apply.reference')} required {...text('reference')} />
      <div className="field-row">
        <TextInput type="date" label={t('proofs.validFrom')} {...text('validFrom')} />
        <TextInput type="date" label={t('apply.validUntil')} {...text('validUntil')} />
      </div>
    </>
  );
}
