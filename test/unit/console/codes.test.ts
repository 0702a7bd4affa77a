import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { DEMO_PASSWORD, PEOPLE, POSTS } from '../../../seeds/people.js';
import {
  APPEAL_OUTCOMES,
  RECOMMENDATIONS,
  STAGES,
  STATES as APPLICATION_STATES,
} from '../../../src/applications/domain/application.js';
import { COMMANDS } from '../../../src/applications/domain/commands.js';
import { DEADLINE_KINDS } from '../../../src/applications/domain/deadlines.js';
import { FIELD_KINDS } from '../../../src/applications/domain/form.js';
import {
  DATASET_STATES,
  DOCUMENT_KINDS,
  FREQUENCIES,
  SECURITY_LEVELS,
  TIER_STATUSES,
} from '../../../src/catalogue/domain/dataset.js';
import { DATASET_COMMANDS } from '../../../src/catalogue/domain/lifecycle.js';
import { requirePacks } from '../../../src/classification/packs/load.js';
import { ASSESSMENT_STATES } from '../../../src/classification/domain/assessment.js';
import { LOOK_REASONS } from '../../../src/classification/domain/group-view.js';
import { SAMPLE_STATES } from '../../../src/classification/domain/sample.js';
import { DOUBTS } from '../../../src/classification/domain/content.js';
import { FILE_REFUSALS } from '../../../src/classification/files/report.js';
import { SAMPLE_PHASES } from '../../../src/classification/samples/file-job.js';
import { OWN_FAILURES } from '../../../src/classification/samples/failure-texts.js';
import {
  APPLICATION_OUTCOMES,
  DISTRIBUTION_OUTCOMES,
  GRANT_OUTCOMES,
} from '../../../src/classification/domain/impact.js';
import {
  CLAIMED_RIGHTS,
  OBJECTION_COMMANDS,
  OBJECTION_STATES,
  STANDINGS,
} from '../../../src/classification/domain/objection.js';
import { DOCUMENTS } from '../../../src/identity/domain/identity-document.js';
import { REGISTRANTS, REGISTRATION_COMMANDS } from '../../../src/identity/domain/registration.js';
import { EXECUTIONS } from '../../../src/kernel/execution.js';
import { APPLICANT_KINDS, ORGANISATION_KINDS } from '../../../src/kernel/principal.js';
import { PROCEEDING_KINDS, PROCEEDING_OUTCOMES } from '../../../src/kernel/proceeding.js';
import { SHARING_TIERS } from '../../../src/kernel/tier.js';
import { REVIEW_CAUSES } from '../../../src/classification/domain/reevaluation.js';
import { LEFT_OUT } from '../../../src/classification/domain/risk/fusion.js';
import { NOT_ASSESSED } from '../../../src/classification/domain/risk/risk.js';
import { WEIGHTS } from '../../../src/directory/domain/fusion-of-case.js';
import { TRAITS } from '../../../src/directory/domain/likeness-of-cases.js';
import { LATER } from '../../../src/directory/similar-case-ports.js';
import { EVIDENCE_COMMANDS } from '../../../src/evidence/domain/decide.js';
import { EVIDENCE_STATES } from '../../../src/evidence/domain/evidence.js';
import { INVITATION_STATES } from '../../../src/colleagues/domain/invitation.js';
import { INVITATION_COMMANDS } from '../../../src/colleagues/domain/rights.js';
import { MAIL_COMMANDS, MAIL_KINDS, MAIL_MODES, MAIL_STATES } from '../../../src/notifications/domain/mailing.js';
import { PERSON_COMMANDS } from '../../../src/grants/domain/decide.js';
import { OPENINGS } from '../../../src/grants/domain/succession.js';
import { DUTIES, GRANT_STATES, HOLD_CAUSES } from '../../../src/grants/domain/grant.js';
import { problems } from '../../../src/kernel/problems/index.js';
import { OUTCOMES, STEPS as CASE_STEPS } from '../../../src/register/domain/matter.js';
import { VIOLATION_COMMANDS } from '../../../src/supervision/domain/decide.js';
import {
  COMPLAINT_OUTCOMES,
  COMPLAINT_RIGHTS,
  COMPLAINT_STATES,
  FINDINGS,
  QUALITY_FAULTS,
} from '../../../src/supervision/domain/complaint.js';
import { COMPLAINT_COMMANDS } from '../../../src/supervision/domain/complaint-decide.js';
import { DEMAND_REFUSALS, DEMAND_STATES } from '../../../src/supervision/domain/demand.js';
import { STEPS, VIOLATION_KINDS } from '../../../src/supervision/domain/ladder.js';
import { END_CAUSES, SANCTION_STATES } from '../../../src/supervision/domain/sanction.js';
import { VIOLATION_STATES } from '../../../src/supervision/domain/violation.js';

type Words = Readonly<Record<string, string>>;
type Both = { readonly en: string; readonly zh: string };

const HAN = /\p{Script=Han}/u;
const policy = (name: string): Record<string, unknown> =>
  load(readFileSync(`policies/${name}.yaml`, 'utf8')) as Record<string, unknown>;
const words = (language: 'en' | 'zh', family: string): Words =>
  (JSON.parse(readFileSync(`console/src/messages/${language}.json`, 'utf8')) as { codes: Record<string, Words> }).codes[
    family
  ] ?? {};
/** The alternatives of a union type, as its source has them: closed lists that exist as a type only. */
const union = (file: string, type: string): string[] => {
  const declared = new RegExp(`type ${type} =([^;]*);`).exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return [...declared.matchAll(/'([\w-]+)'/g)].map(([, one = '']) => one);
};
/** What a steward chooses among when a record is written. */
const RECORD_CODES = { FREQUENCIES, SHARING_TIERS, SECURITY_LEVELS, DOCUMENT_KINDS, APPLICANT_KINDS };
const eventsOf = (file: string): string[] => [
  ...new Set(
    [...readFileSync(file, 'utf8').matchAll(/readonly '([a-z]+\.[a-z-]+)'/g)].map(([, one = '']) =>
      one.replace('.', '_'),
    ),
  ),
];

/** Codes that the server sends to the console, by the family of messages that words them. */
const FAMILIES: Readonly<Record<string, () => readonly string[]>> = {
  applicationState: () => APPLICATION_STATES,
  applicationStateHelp: () =>
    APPLICATION_STATES.flatMap((state) => (state === 'in-review' ? STAGES.map((stage) => `${state}/${stage}`) : state)),
  grantState: () => GRANT_STATES,
  grantStateHelp: () => GRANT_STATES,
  assessmentState: () => [...ASSESSMENT_STATES, ...SAMPLE_STATES.filter((state) => state !== 'done')],
  lookFirst: () => LOOK_REASONS,
  samplePhase: () => SAMPLE_PHASES,
  matterOutcome: () => OUTCOMES,
  caseStep: () => CASE_STEPS,
  appealState: () => ['asked', ...APPEAL_OUTCOMES],
  applicantKind: () => ORGANISATION_KINDS,
  registrant: () => REGISTRANTS,
  registrantHelp: () => REGISTRANTS,
  registrationState: () => ['submitted', 'verified', 'refused'],
  identityDocument: () => DOCUMENTS,
  portalState: () => ['active', 'off'],
  keyState: () => ['active', 'rests', 'ended', 'expired', 'revoked'],
  duty: () => DUTIES,
  dutyState: () => ['ahead', 'due', 'overdue', 'done', 'undated'],
  keyKind: () => ['api-key', 'client-secret', 'grant-key'],
  fieldKind: () => FIELD_KINDS,
  sampleFailure: () => [...OWN_FAILURES, ...Object.keys(FILE_REFUSALS)],
  doubt: () => DOUBTS,
  findingType: () => [...new Set(requirePacks().all.flatMap(({ pack }) => pack.columns.types.map(({ type }) => type)))],
  caseTrait: () => TRAITS,
  caseLater: () => LATER,
  holdCause: () => HOLD_CAUSES,
  execution: () => EXECUTIONS,
  fusionWeight: () => WEIGHTS,
  fusionState: () => SAMPLE_STATES,
  leftOut: () => LEFT_OUT,
  notAssessed: () => NOT_ASSESSED,
  violationKind: () => VIOLATION_KINDS,
  violationState: () => VIOLATION_STATES,
  violationStateHelp: () => VIOLATION_STATES,
  step: () => [...STEPS, 'dismissed', 'cured'],
  stepHelp: () => STEPS,
  sanctionState: () => SANCTION_STATES,
  endCause: () => END_CAUSES,
  demandState: () => DEMAND_STATES,
  complaintState: () => COMPLAINT_STATES,
  complaintRight: () => COMPLAINT_RIGHTS,
  complaintOutcome: () => COMPLAINT_OUTCOMES,
  qualityFault: () => QUALITY_FAULTS,
  finding: () => FINDINGS,
  evidenceState: () => EVIDENCE_STATES,
  mailMode: () => MAIL_MODES,
  mailState: () => MAIL_STATES,
  mailKind: () => MAIL_KINDS,
  invitationState: () => INVITATION_STATES,
  demandRefusal: () => DEMAND_REFUSALS,
  reviewCause: () => REVIEW_CAUSES,
  objectionState: () => OBJECTION_STATES,
  objectionStanding: () => STANDINGS,
  claimedRight: () => CLAIMED_RIGHTS,
  grantOutcome: () => GRANT_OUTCOMES,
  applicationOutcome: () => APPLICATION_OUTCOMES,
  distributionOutcome: () => DISTRIBUTION_OUTCOMES,
  frequency: () => FREQUENCIES,
  sharingTier: () => SHARING_TIERS,
  document: () => DOCUMENT_KINDS,
  datasetState: () => DATASET_STATES,
  tierStatus: () => TIER_STATUSES,
  command: () => [
    'serve',
    'switch-off',
    'switch-on',
    ...COMMANDS,
    ...PERSON_COMMANDS,
    ...EVIDENCE_COMMANDS,
    ...OPENINGS,
    ...OBJECTION_COMMANDS,
    ...VIOLATION_COMMANDS,
    ...COMPLAINT_COMMANDS,
    ...REGISTRATION_COMMANDS,
    ...INVITATION_COMMANDS,
    ...MAIL_COMMANDS,
    ...DATASET_COMMANDS.filter((name) => name !== 'edit'),
    'lift',
    'confirm',
    'override',
    'return',
    'cancel',
  ],
  recommendation: () => RECOMMENDATIONS,
  appealOutcome: () => APPEAL_OUTCOMES,
  proceeding: () => PROCEEDING_KINDS,
  proceedingOutcome: () => PROCEEDING_OUTCOMES,
  deadline: () => DEADLINE_KINDS,
  ledger: () => union('src/applications/domain/calendar.ts', 'DayKind'),
  event: () => eventsOf('src/applications/domain/events.ts'),
  refusalReason: () => Object.keys(policy('workflow')['refusalReasons'] as object),
  nextStep: () => Object.keys(policy('vocabulary')['nextSteps'] as object),
  nextStepHelp: () => Object.keys(policy('vocabulary')['nextSteps'] as object),
};

describe('closed lists of the server', () => {
  for (const [family, list] of Object.entries(FAMILIES)) {
    it(`are worded in both languages: ${family}`, () => {
      const codes = list();
      expect(codes.length, family).to.be.above(1);
      const [english, chinese] = [words('en', family), words('zh', family)];
      expect(codes.filter((code) => english[code] === undefined || chinese[code] === undefined)).to.deep.equal([]);
    });
  }

  it('evidence can be filed in the console for exactly the kinds of conditions that may ask for it', () => {
    const kinds = policy('condition-kinds') as unknown as readonly { kind: string; evidence: string }[];
    const asking = kinds.filter(({ evidence }) => evidence === 'optional').map(({ kind }) => kind);
    const source = readFileSync('console/src/api/evidence.ts', 'utf8');
    const offered = /EVIDENCE_KINDS = \[([^\]]*)\]/.exec(source)?.[1] ?? '';
    expect([...offered.matchAll(/'([\w-]+)'/g)].map(([, one]) => one)).to.have.members(asking);
  });

  it('a record is edited in the console with exactly the codes the catalogue takes', () => {
    const source = readFileSync('console/src/api/record.ts', 'utf8');
    for (const [name, list] of Object.entries(RECORD_CODES)) {
      const offered = new RegExp(`${name} = \\[([^\\]]*)\\]`).exec(source)?.[1] ?? '';
      expect(
        [...offered.matchAll(/'([\w-]+)'/g)].map(([, one]) => one),
        name,
      ).to.deep.equal([...list]);
    }
  });

  it('have no words left over for codes that nobody sends', () => {
    for (const family of [
      'applicationState',
      'grantState',
      'violationKind',
      'violationState',
      'sanctionState',
      'assessmentState',
      'findingType',
      'tierStatus',
      'recommendation',
      'ledger',
      'proceeding',
      'proceedingOutcome',
    ]) {
      const sent = FAMILIES[family]?.() ?? [];
      const extra = Object.keys(words('en', family)).filter(
        (code) => !sent.includes(code) && !code.startsWith('paused-'),
      );
      expect(extra, family).to.deep.equal([]);
    }
  });

  const spoken = (name: string, list: Readonly<Record<string, Both>>): Mocha.Test =>
    it(`speak both languages: ${name}`, () => {
      const rows = Object.entries(list);
      expect(rows.length).to.be.above(2);
      for (const [code, text] of rows) {
        expect(text.zh, code).to.match(HAN);
        expect(text.en.trim(), code).to.match(/^[^\p{Script=Han}]{3,}$/u);
      }
    });
  const texts = (list: unknown): Readonly<Record<string, Both>> =>
    Object.fromEntries(Object.entries(list as Record<string, { text: Both }>).map(([code, { text }]) => [code, text]));
  const { reasons, nextSteps, obligations } = policy('vocabulary');
  const { commands } = policy('workflow');
  spoken('reasons of decisions', texts(reasons));
  spoken('next steps of decisions', texts(nextSteps));
  spoken('obligations', texts(obligations));
  spoken('commands of the life cycle', texts(commands));
  spoken('titles of problems', Object.fromEntries(Object.entries(problems).map(([code, { title }]) => [code, title])));
  spoken(
    'remedies of problems',
    Object.fromEntries(Object.entries(problems).map(([code, { remedy }]) => [code, remedy])),
  );
});

describe('the accounts that the console names in a demo', () => {
  const source = readFileSync('console/src/demo/demo.ts', 'utf8');
  it('are those that are seeded, each with its role and the password of all', () => {
    const roleOf = (person: string): string | undefined => POSTS.find(({ holder }) => holder === person)?.role;
    const seeded = PEOPLE.map(({ id, username }) => `${username} ${roleOf(id)}`);
    const named = [...source.matchAll(/username: '([\w-]+)', role: '(\w+)'/g)].map(
      ([, name, role]) => `${name} ${role}`,
    );
    expect(named).to.have.members(seeded);
    expect(source).to.contain(`'${DEMO_PASSWORD}'`);
  });
});
