import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/applications';
import { CommandPanel, type DrawForm } from '../parts/command-panel';
import { Card } from '../parts/page';
import { SaidForm } from '../parts/said-form';
import { AcceptAgreementForm } from './commands/accept-agreement-form';
import { CounterSignForm } from './commands/counter-sign-form';
import { AdviseForm } from './commands/advise-form';
import { ApproveForm } from './commands/approve-form';
import { ConsultForm } from './commands/consult-form';
import { DecideAppealForm } from './commands/decide-appeal-form';
import { DefectsForm } from './commands/defects-form';
import { PersonForm } from './commands/person-form';
import { ProceedingEndForm } from './commands/proceeding-end-form';
import { ProceedingForm } from './commands/proceeding-form';
import { RefuseForm } from './commands/refuse-form';
import { RemarkForm } from './commands/remark-form';

const MAIN = ['submit', 'accept-agreement', 'counter-sign', 'accept', 'approve', 'claim', 'advise', 'answer'];
const GRAVE = ['withdraw', 'refuse', 'close'];
const TEXT = new Set(['ask', 'answer', 'declare-conflict']);

/** The form of each command; what stands in no row here needs nothing said. */
const formsOf = (application: Application): Readonly<Record<string, DrawForm>> => ({
  withdraw: (props) => <SaidForm {...props} name="reason" optional />,
  close: (props) => <SaidForm {...props} name="reason" />,
  'request-correction': (props) => <DefectsForm {...props} />,
  reassign: (props) => <PersonForm {...props} application={application.id} name="to" among="reassign" />,
  'add-member': (props) => <PersonForm {...props} application={application.id} name="subject" among="addMember" />,
  'remove-member': (props) => (
    <PersonForm {...props} application={application.id} name="subject" among="removeMember" />
  ),
  consult: (props) => <ConsultForm {...props} />,
  'record-consultation': (props) => <SaidForm {...props} name="view" />,
  extend: (props) => <SaidForm {...props} name="reason" />,
  appeal: (props) => <SaidForm {...props} name="reason" />,
  'decide-appeal': (props) => <DecideAppealForm {...props} />,
  'record-proceeding': (props) => <ProceedingForm {...props} application={application} />,
  'record-proceeding-outcome': (props) => <ProceedingEndForm {...props} application={application} />,
  remark: (props) => <RemarkForm {...props} application={application} />,
  advise: (props) => <AdviseForm {...props} application={application.id} />,
  approve: (props) => <ApproveForm {...props} application={application} />,
  refuse: (props) => <RefuseForm {...props} application={application.id} />,
  'accept-agreement': (props) => <AcceptAgreementForm {...props} application={application} />,
  'counter-sign': (props) => <CounterSignForm {...props} application={application} />,
  'return-agreement': (props) => <SaidForm {...props} name="reason" />,
});
const textForm: DrawForm = (props) => <SaidForm {...props} name="text" />;

export function Actions({ application }: { readonly application: Application }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const forms = formsOf(application);
  const consequence: Readonly<Record<string, string>> = {
    withdraw: t('consequence.withdraw'),
    refuse: t('consequence.refuse'),
    close: t('consequence.close'),
  };
  return (
    <Card title={t('application.actions')}>
      {application.allowedCommands.length === 0 && <p className="muted">{t('application.noActions')}</p>}
      <CommandPanel
        path={`/api/applications/${application.id}`}
        etag={application.etag}
        commands={application.allowedCommands}
        formOf={(name) => (TEXT.has(name) ? textForm : (forms[name] ?? null))}
        consequenceOf={(name) => consequence[name] ?? null}
        main={MAIN}
        grave={GRAVE}
        onDone={(name, answer) => {
          if (name === 'copy-as-new') void navigate({ to: '/apply', search: { draft: (answer as Application).id } });
        }}
      />
    </Card>
  );
}
