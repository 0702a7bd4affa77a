import { useTranslation } from 'react-i18next';

/** Families of codes that the server sends and the message files word. */
export type CodeFamily =
  | 'tier'
  | 'tierHelp'
  | 'tierStatus'
  | 'field'
  | 'purpose'
  | 'delivery'
  | 'sharingTier'
  | 'frequency'
  | 'datasetState'
  | 'applicationState'
  | 'applicationStateHelp'
  | 'grantState'
  | 'grantStateHelp'
  | 'violationKind'
  | 'violationState'
  | 'violationStateHelp'
  | 'step'
  | 'stepHelp'
  | 'sanctionState'
  | 'endCause'
  | 'demandState'
  | 'complaintState'
  | 'complaintStateHelp'
  | 'complaintRight'
  | 'complaintOutcome'
  | 'qualityFault'
  | 'finding'
  | 'mailMode'
  | 'mailState'
  | 'mailKind'
  | 'demandRefusal'
  | 'evidenceState'
  | 'matterOutcome'
  | 'caseStep'
  | 'appealState'
  | 'applicantKind'
  | 'registrant'
  | 'registrantHelp'
  | 'registrationState'
  | 'invitationState'
  | 'colleagueState'
  | 'identityDocument'
  | 'assessmentState'
  | 'findingType'
  | 'noLowering'
  | 'lookFirst'
  | 'samplePhase'
  | 'fieldKind'
  | 'notAssessed'
  | 'caseTrait'
  | 'caseLater'
  | 'holdCause'
  | 'fusionWeight'
  | 'fusionState'
  | 'leftOut'
  | 'sampleFailure'
  | 'doubt'
  | 'role'
  | 'command'
  | 'event'
  | 'deadline'
  | 'ledger'
  | 'conditionKind'
  | 'nextStep'
  | 'nextStepHelp'
  | 'refusalReason'
  | 'outcome'
  | 'kind'
  | 'document'
  | 'recommendation'
  | 'appealOutcome'
  | 'notice'
  | 'confidence'
  | 'packState'
  | 'rehearsalState'
  | 'rehearsed'
  | 'reviewCause'
  | 'objectionState'
  | 'objectionStanding'
  | 'claimedRight'
  | 'grantOutcome'
  | 'applicationOutcome'
  | 'distributionOutcome'
  | 'recordPlace'
  | 'fault';

/** Words a code of the server; a code that is newer than this console is shown as it stands. */
export function useCodes(): (family: CodeFamily, code: string | null | undefined) => string {
  const { t, i18n } = useTranslation();
  return (family, code) => {
    if (code === null || code === undefined || code === '') return '';
    const key = `codes.${family}.${code.replaceAll('.', '_')}`;
    return i18n.exists(key) ? t(key as never) : code;
  };
}
/** Whether the message files know this code. */
export function useKnows(): (family: CodeFamily, code: string) => boolean {
  const { i18n } = useTranslation();
  return (family, code) => i18n.exists(`codes.${family}.${code.replaceAll('.', '_')}`);
}
