import '../applications/applications.css';
import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { COMPLAINT_RIGHTS, type Complaint, QUALITY_FAULTS } from '../api/complaints';
import type { Dataset } from '../api/datasets';
import type { Attachment } from '../api/types';
import { ItemChoice } from '../applications/item-choice';
import { Attach } from '../attachments/attach';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { OfDataset } from '../parts/of-dataset';
import { Card, PageTitle } from '../parts/page';
import { ReasonField } from '../parts/reason-field';
import { useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';
import { LinkButton, TextLink } from '../shell/link-button';

const route = getRouteApi('/datasets/$id/wrong');

/** One form for whoever finds something wrong: with the data, or with its being there. */
export function SomethingWrong() {
  const { id } = route.useParams();
  return <OfDataset id={id}>{(dataset) => <Filing dataset={dataset} />}</OfDataset>;
}

function Filing({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const [about, setAbout] = useState<'quality' | 'rights' | ''>('');
  const [done, setDone] = useState<Complaint | null>(null);
  return (
    <div className="page narrow">
      <PageTitle
        title={t('wrong.title')}
        above={
          <TextLink to="/datasets/$id" params={{ id: dataset.id }}>
            ← {worded(dataset.title)}
          </TextLink>
        }
      />
      <div aria-live="polite">{done !== null && <Received complaint={done} />}</div>
      {done === null && (
        <Card title={t('wrong.which')}>
          <Radio.Group
            aria-label={t('wrong.which')}
            value={about}
            onChange={(value) => setAbout(value as 'quality' | 'rights')}
            required
          >
            <div className="choices">
              <Radio value="quality" label={t('wrong.quality')} description={t('wrong.qualityHelp')} />
              <Radio value="rights" label={t('wrong.rights')} description={t('wrong.rightsHelp')} />
            </div>
          </Radio.Group>
          {about === 'quality' && <QualityForm dataset={dataset} onDone={setDone} />}
          {about === 'rights' && <RightsForm dataset={dataset} onDone={setDone} />}
        </Card>
      )}
    </div>
  );
}

function Received({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation();
  const { number, deadline, rests, holderName, id } = complaint;
  const isSignedIn = useSession().state === 'signed-in';
  return (
    <Card tone="good" title={t('wrong.received', { number })}>
      <p>
        {t('wrong.next', { holder: worded(holderName) })} {deadline !== null && <Day at={deadline.due} />}.
      </p>
      {complaint.about === 'rights' && <p>{t(rests ? 'wrong.rests' : 'wrong.restsNot')}</p>}
      {complaint.about === 'quality' && <p>{t('wrong.marked')}</p>}
      {isSignedIn ? (
        <LinkButton to="/complaints/$id" params={{ id }} variant="default">
          {t('wrong.follow')}
        </LinkButton>
      ) : (
        <>
          <p className="muted">{t('wrong.visitor')}</p>
          <LinkButton to="/complaints" search={{ number }} variant="default">
            {t('wrong.follow')}
          </LinkButton>
        </>
      )}
    </Card>
  );
}

interface FormOf {
  readonly dataset: Dataset;
  readonly onDone: (complaint: Complaint) => void;
}

function QualityForm({ dataset, onDone }: FormOf) {
  const { t } = useTranslation();
  const word = useCodes();
  const [fault, setFault] = useState<string>(QUALITY_FAULTS[0]);
  const [items, setItems] = useState<readonly string[]>([]);
  const [distribution, setDistribution] = useState('');
  const [reason, setReason] = useState('');
  const file = useCommand<Complaint>(onDone);
  useLeaveGuard(!file.isSuccess && isWritten(reason));
  const faultAt = useFaults(faultsOf(file.error));
  const distributions = dataset.distributions ?? [];
  return (
    <form
      className="command-form"
      onSubmit={(event) => {
        event.preventDefault();
        const place = { ...(items.length > 0 && { items }), ...(distribution !== '' && { distribution }) };
        const body = { about: 'quality', dataset: dataset.id, fault, reason: reason.trim(), ...place };
        file.mutate({ path: '/api/objections', body });
      }}
    >
      {file.isError && <ProblemPanel error={file.error} />}
      <NativeSelect
        label={t('wrong.fault')}
        value={fault}
        onChange={(event) => setFault(event.currentTarget.value)}
        data={QUALITY_FAULTS.map((value) => ({ value, label: word('qualityFault', value) }))}
      />
      <ItemChoice record={dataset} chosen={items} onChosen={setItems} />
      {distributions.length > 0 && (
        <NativeSelect
          label={t('wrong.distribution')}
          value={distribution}
          error={faultAt('/distribution')}
          onChange={(event) => setDistribution(event.currentTarget.value)}
          data={[
            { value: '', label: t('wrong.noDistribution') },
            ...distributions.map(({ id, title }) => ({ value: id, label: worded(title) || id })),
          ]}
        />
      )}
      <ReasonField
        label={t('wrong.reason')}
        description={t('wrong.reasonHelp')}
        minRows={4}
        maxLength={2000}
        value={reason}
        onText={setReason}
        faultAt={faultAt}
      />
      <div className="row">
        <Button type="submit" loading={file.isPending} disabled={reason.trim() === ''}>
          {t('wrong.giveQuality')}
        </Button>
      </div>
    </form>
  );
}

function RightsForm(props: FormOf) {
  const { t } = useTranslation();
  const here = useLocation().href;
  if (useSession().state === 'signed-in') return <SignedRightsForm {...props} />;
  return (
    <div className="stack">
      <p className="note note-wait">{t('wrong.signIn')}</p>
      <LinkButton to="/sign-in" search={{ then: here }}>
        {t('action.signIn')}
      </LinkButton>
    </div>
  );
}

function SignedRightsForm({ dataset, onDone }: FormOf) {
  const { t } = useTranslation();
  const word = useCodes();
  const [right, setRight] = useState<string>(COMPLAINT_RIGHTS[0]);
  const [items, setItems] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState('');
  const [onBehalfOf, setOnBehalfOf] = useState('');
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const file = useCommand<Complaint>(onDone);
  useLeaveGuard(!file.isSuccess && (isWritten(reason, evidence, onBehalfOf) || files.length > 0));
  const faultAt = useFaults(faultsOf(file.error));
  const more = () => ({
    ...(items.length > 0 && { items }),
    ...(evidence.trim() !== '' && { evidence: evidence.trim() }),
    ...(onBehalfOf.trim() !== '' && { onBehalfOf: onBehalfOf.trim() }),
    ...(files.length > 0 && { attachments: files.map(({ id }) => id) }),
  });
  return (
    <form
      className="command-form"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { about: 'rights', dataset: dataset.id, right, reason: reason.trim(), ...more() };
        file.mutate({ path: '/api/objections', body });
      }}
    >
      {file.isError && <ProblemPanel error={file.error} />}
      <p className="note note-wait">{t('wrong.identity')}</p>
      <NativeSelect
        label={t('wrong.right')}
        value={right}
        onChange={(event) => setRight(event.currentTarget.value)}
        data={COMPLAINT_RIGHTS.map((value) => ({ value, label: word('complaintRight', value) }))}
      />
      <ItemChoice record={dataset} chosen={items} onChosen={setItems} />
      <ReasonField
        label={t('wrong.harm')}
        description={t('wrong.harmHelp')}
        minRows={4}
        maxLength={2000}
        value={reason}
        onText={setReason}
        faultAt={faultAt}
      />
      <Textarea
        label={t('wrong.evidence')}
        description={t('wrong.evidenceHelp')}
        autosize
        minRows={2}
        maxLength={2000}
        value={evidence}
        error={faultAt('/evidence')}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <Attach files={files} error={undefined} onFiles={setFiles} />
      <TextInput
        label={t('wrong.onBehalfOf')}
        description={t('wrong.onBehalfOfHelp')}
        maxLength={200}
        value={onBehalfOf}
        error={faultAt('/onBehalfOf')}
        onChange={(event) => setOnBehalfOf(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" loading={file.isPending} disabled={reason.trim() === ''}>
          {t('wrong.giveRights')}
        </Button>
      </div>
    </form>
  );
}
