import { Log0001 } from './0001-log.js';
import { Idempotency0002 } from './0002-idempotency.js';
import { Identity0010 } from './0010-identity.js';
import { Catalogue0020 } from './0020-catalogue.js';
import { Classification0030 } from './0030-classification.js';
import { Samples0031 } from './0031-samples.js';
import { Governance0032 } from './0032-governance.js';
import { ClassificationLearning0033 } from './0033-learning.js';
import { Fusion0034 } from './0034-fusion.js';
import { Objections0035 } from './0035-objections.js';
import { Tombstones0036 } from './0036-tombstones.js';
import { Notices0037 } from './0037-notices.js';
import { Invitations0038 } from './0038-invitations.js';
import { Applications0040 } from './0040-applications.js';
import { ApplicationForms0041 } from './0041-forms.js';
import { ApplicationAttachments0042 } from './0042-attachments.js';
import { Notifications0043 } from './0043-notifications.js';
import { Register0045 } from './0045-register.js';
import { CatalogueCounts0046 } from './0046-catalogue-counts.js';
import { ApplicationEvidence0047 } from './0047-evidence.js';
import { RegisterLikeness0048 } from './0048-register-likeness.js';
import { Mail0044 } from './0044-mail.js';
import { Grants0050 } from './0050-grants.js';
import { GrantSuccession0051 } from './0051-grant-succession.js';
import { Sharing0052 } from './0052-sharing.js';
import { Applicants0053 } from './0053-applicants.js';
import { Decisions0060 } from './0060-decisions.js';
import { PortalSubjects0062 } from './0062-portal-subjects.js';
import { DecisionUse0064 } from './0064-decision-use.js';
import { ListOrder0061 } from './0061-list-order.js';
import { AssessmentsOfPack0065 } from './0065-assessments-of-pack.js';
import { AgreementExecution0066 } from './0066-agreement-execution.js';
import { RegisterProceedings0067 } from './0067-register-proceedings.js';
import { DecisionsByItems0068 } from './0068-decisions-by-items.js';
import { Supervision0070 } from './0070-supervision.js';
import { Demands0071 } from './0071-demands.js';
import { RegisterOfficers0054 } from './0054-register-officers.js';
import { InvitationsForgotten0055 } from './0055-invitations-forgotten.js';
import { GrantDuties0056 } from './0056-grant-duties.js';
import { Complaints0072 } from './0072-complaints.js';
import { ComplaintsByNumber0073 } from './0073-complaints-by-number.js';
import { MailAddresses0074 } from './0074-mail-addresses.js';
import { PortalUses0075 } from './0075-portal-uses.js';
import { GrantKeys0076 } from './0076-grant-keys.js';

/** Every migration, in order. Each is written by hand, runs forward and back, on both databases. */
export const migrations = [
  Log0001,
  Idempotency0002,
  Identity0010,
  Catalogue0020,
  Classification0030,
  Samples0031,
  Governance0032,
  ClassificationLearning0033,
  Fusion0034,
  Objections0035,
  Tombstones0036,
  Notices0037,
  Invitations0038,
  Applications0040,
  ApplicationForms0041,
  ApplicationAttachments0042,
  Notifications0043,
  Register0045,
  CatalogueCounts0046,
  ApplicationEvidence0047,
  RegisterLikeness0048,
  Mail0044,
  Grants0050,
  GrantSuccession0051,
  Sharing0052,
  Applicants0053,
  RegisterOfficers0054,
  InvitationsForgotten0055,
  GrantDuties0056,
  Decisions0060,
  ListOrder0061,
  PortalSubjects0062,
  DecisionUse0064,
  AssessmentsOfPack0065,
  AgreementExecution0066,
  RegisterProceedings0067,
  DecisionsByItems0068,
  Supervision0070,
  Demands0071,
  Complaints0072,
  ComplaintsByNumber0073,
  MailAddresses0074,
  PortalUses0075,
  GrantKeys0076,
];
