import { readFileSync } from 'node:fs';
import { parse } from '@swc/core';
import { expect } from 'chai';

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}
interface Member {
  readonly type: string;
  readonly key: { readonly value: string };
  readonly optional: boolean;
}
interface Declared {
  readonly type: string;
  readonly id: { readonly value: string };
  readonly extends: readonly { readonly expression: { readonly value: string } }[];
  readonly body: { readonly body: readonly Member[] };
}

/** What the console reads, and the schema of the API document it is read from. */
const READ_FROM: Readonly<Record<string, string>> = {
  Me: 'MeBody',
  NextStep: 'NextStepResponse',
  DatasetItem: 'ItemResponse',
  Distribution: 'DistributionResponse',
  DatasetCondition: 'ConditionResponse',
  DatasetSummary: 'DatasetSummaryResponse',
  Dataset: 'DatasetResponse',
  Deadline: 'ApplicationDeadlineBody',
  LedgerDay: 'LedgerDayBody',
  WaitingFor: 'TurnBody',
  Outcome: 'OutcomeBody',
  Candidates: 'CandidatesBody',
  EvidenceOnFile: 'EvidenceOnFileBody',
  FiledEvidence: 'FiledEvidenceBody',
  FiledEvidenceLine: 'FiledEvidenceSummaryBody',
  Question: 'QuestionBody',
  AskedDataset: 'AskedDatasetBody',
  HistoryEntry: 'HistoryEntryBody',
  Warning: 'WarningBody',
  Receipt: 'ReceiptBody',
  ApplicationSummary: 'ApplicationListItemBody',
  Application: 'ApplicationBody',
  Grant: 'GrantResponse',
  Facets: 'FacetResponse',
  AssessmentRule: 'FiredRuleBody',
  Assessment: 'AssessmentBody',
  Verdict: 'VerdictBody',
  Content: 'ContentBody',
  SampleProgress: 'SampleProgressBody',
  SampleFailure: 'SampleFailureBody',
  Sample: 'SampleBody',
  AssessmentGroup: 'AssessmentGroupBody',
  WorksheetReport: 'WorksheetReportBody',
  WorksheetRow: 'WorksheetRowBody',
  AssessmentGroupDetail: 'GroupBody',
  MilderOfGroup: 'MilderOfGroupBody',
  GroupRule: 'GroupRuleBody',
  LookFirst: 'LookFirstBody',
  SharedIdentifier: 'SharedIdentifierBody',
  FusedTable: 'FusedTableBody',
  FusionFigures: 'FusionFiguresBody',
  ExactFusion: 'ExactFusionBody',
  FusionPair: 'FusionPairBody',
  FusedDataset: 'FusedDatasetBody',
  Fusion: 'FusionBody',
  CasePair: 'CasePairBody',
  CaseFusion: 'CaseFusionBody',
  Notification: 'NotificationResponse',
  MailPreference: 'MailPreferenceResponse',
  RegisterEntry: 'RegisterEntryBody',
  Statistics: 'StatisticsBody',
  AgreementTemplate: 'AgreementResponse',
  Portal: 'PortalBody',
  PortalKey: 'PortalKeyBody',
  NewPortalKey: 'NewPortalKeyBody',
  GrantKey: 'GrantKeyResponse',
  NewGrantKey: 'NewGrantKeyResponse',
  GrantKeyList: 'GrantKeysResponse',
  PortalsUse: 'PortalsUsageBody',
  PortalUse: 'PortalUsageBody',
};

/** Where the console declares what it reads. */
const FILES = [
  'types.ts',
  'datasets.ts',
  'applications.ts',
  'grants.ts',
  'assessments.ts',
  'fusion.ts',
  'notifications.ts',
  'evidence.ts',
  'register.ts',
  'record.ts',
  'portals.ts',
  'grant-keys.ts',
];

describe('what the console reads of an answer', () => {
  let interfaces: Map<string, Declared>;
  const { schemas } = (
    JSON.parse(readFileSync('docs/api/openapi.json', 'utf8')) as { components: { schemas: Record<string, Schema> } }
  ).components;
  before(async () => {
    const script = FILES.map((file) => readFileSync(`console/src/api/${file}`, 'utf8')).join('\n');
    const { body } = await parse(script, { syntax: 'typescript', target: 'es2022' });
    const declared = body.map((node) =>
      node.type === 'ExportDeclaration' ? node.declaration : node,
    ) as unknown as Declared[];
    interfaces = new Map(
      declared.filter(({ type }) => type === 'TsInterfaceDeclaration').map((one) => [one.id.value, one]),
    );
  });

  const membersOf = (name: string): Member[] => {
    const declared = interfaces.get(name);
    if (declared === undefined) throw new Error(`console/src/api has no ${name}`);
    const inherited = declared.extends.flatMap(({ expression }) => membersOf(expression.value));
    return [...inherited, ...declared.body.body.filter(({ type }) => type === 'TsPropertySignature')];
  };
  const faultsOf = (members: readonly Member[], { properties = {}, required = [] }: Schema): string[] =>
    members.flatMap(({ key, optional }) => {
      if (!(key.value in properties)) return [`${key.value} is in no answer`];
      return optional || required.includes(key.value) ? [] : [`${key.value} may be absent`];
    });

  for (const [name, schema] of Object.entries(READ_FROM)) {
    it(`is in the API document: ${name}`, () => {
      const members = membersOf(name);
      expect(members).not.to.have.length(0);
      const found = schemas[schema];
      if (found === undefined) throw new Error(`the API document has no ${schema}`);
      expect(faultsOf(members, found)).to.deep.equal([]);
    });
  }

  it('would be missed if it were not there', () => {
    const member = (value: string, optional: boolean): Member => ({ type: '', key: { value }, optional });
    const answer = { properties: { id: {}, name: {} }, required: ['id'] };
    expect(faultsOf([member('id', false), member('name', true)], answer)).to.deep.equal([]);
    expect(faultsOf([member('name', false), member('gone', true)], answer)).to.deep.equal([
      'name may be absent',
      'gone is in no answer',
    ]);
  });
});
