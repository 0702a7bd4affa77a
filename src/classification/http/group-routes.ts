import { IsArray, IsIn, IsInt, IsString } from 'class-validator';
import { ListOf, Nested, NullOr, notFound, query, type Route, replyOf, TextBody } from '../../http/index.js';
import { canonicalJson } from '../../kernel/canonical.js';
import { etagOf } from '../../kernel/etag.js';
import { TIERS } from '../../kernel/tier.js';
import type { AssessmentQueries } from '../assessment-queries.js';
import type { AssessmentRow } from '../assessment-store.js';
import { type GroupMember, groupView, LOOK_REASONS, type LookFirst, type MilderItems } from '../domain/group-view.js';
import { type Packs, sha256 } from '../packs/load.js';
import { AssessmentIssueBody, FiredRuleBody, VerdictBody } from './assessment-responses.js';
import { commandsFor, issueViews, ruleView, verdictView } from './assessment-view.js';

/** Something a rule found, and in how many records of the group. */
export class GroundBody {
  @IsString() value!: string;
  @IsInt() records!: number;
}

/** A rule that fired in every record of the group. */
export class GroupRuleBody {
  @Nested(() => FiredRuleBody) rule!: FiredRuleBody;
  @ListOf(() => GroundBody) grounds!: GroundBody[];
  /** How many different grounds there are; not all are listed. */
  @IsInt() different!: number;
}

/** A record to look at before the group is confirmed. */
export class LookFirstBody {
  @IsString() id!: string;
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  @IsIn(TIERS) tier!: string;
  @IsArray() @IsIn(LOOK_REASONS, { each: true }) reasons!: string[];
  /** The rarest thing found in it. */
  @NullOr('string') ground!: string | null;
}

/** Items that may be asked for alone once the group is confirmed, by name. */
export class MilderOfGroupBody {
  /** Records that have such items. */
  @IsInt() records!: number;
  @ListOf(() => GroundBody) items!: GroundBody[];
  /** How many different names there are; not all are listed. */
  @IsInt() different!: number;
}
export class MilderInGroupBody {
  /** For everyone. */
  @Nested(() => MilderOfGroupBody) open!: MilderOfGroupBody;
  /** With a grant. */
  @Nested(() => MilderOfGroupBody) conditional!: MilderOfGroupBody;
}

/** Open assessments of one publisher with the same rules and verdict. */
export class GroupBody {
  @IsString() group!: string;
  @IsInt() count!: number;
  @IsString() publisher!: string;
  @Nested(() => VerdictBody) verdict!: VerdictBody;
  @ListOf(() => GroupRuleBody) rules!: GroupRuleBody[];
  @ListOf(() => AssessmentIssueBody) issues!: AssessmentIssueBody[];
  @ListOf(() => LookFirstBody) first!: LookFirstBody[];
  @Nested(() => MilderInGroupBody) milder!: MilderInGroupBody;
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  /** Of exactly these records as they are: what joins the group later, or changes in it, has another. */
  @IsString() etag!: string;
}

/** Fifteen decimal digits hold twelve hexadecimal ones. */
const VERSION_DIGITS = 12;

/** The version of a group: of its records and their versions, by hash, as a number. */
export const groupVersion = (rows: readonly Pick<AssessmentRow, 'id' | 'version'>[]): number =>
  Number.parseInt(sha256(canonicalJson(rows.map(({ id, version }) => [id, version]))).slice(0, VERSION_DIGITS), 16);

const memberOf = (row: AssessmentRow): GroupMember => ({
  id: row.id,
  dataset: row.dataset,
  title: row.facts.title,
  tier: row.tier,
  proposed: row.proposed_tier,
  verdict: row.verdict,
});

const milderView = ({ records, items, different }: MilderItems): MilderOfGroupBody => ({
  records,
  items: [...items],
  different,
});

const lookView = ({ member, reasons, ground }: LookFirst): LookFirstBody => ({
  id: member.id,
  dataset: member.dataset,
  datasetTitle: member.title,
  tier: member.tier,
  reasons: [...reasons],
  ground,
});

/** What is common to a group, and what to look at first: one screen for one act. */
export const groupRoutes = (packs: Packs, queries: AssessmentQueries): Route[] => [
  query({
    path: '/api/assessments/groups/:group',
    permission: 'assessment.read',
    summary: 'A group of open assessments: what is common, what differs, which records to look at first',
    tag: 'Classification',
    response: GroupBody,
    handler: async ({ principal, params, language }, reader) => {
      const rows = await queries.group(reader, principal, params['group'] ?? '');
      const [row] = rows;
      if (row === undefined) return notFound();
      const { rules, first, milder } = groupView(rows.map(memberOf));
      const pack = packs.exactly(row.pack, row.pack_version, row.pack_hash)?.pack ?? null;
      const named = { id: row.pack, version: row.pack_version };
      const version = groupVersion(rows);
      const body: GroupBody = {
        group: row.group_key,
        count: rows.length,
        publisher: row.publisher,
        verdict: verdictView(row.verdict, row.tier, row.proposed_tier),
        rules: rules.map(({ rule, grounds, different }) => ({
          rule: ruleView(rule, named, language),
          grounds: [...grounds],
          different,
        })),
        issues: issueViews(row.verdict, pack, language),
        first: first.map(lookView),
        milder: { open: milderView(milder.open), conditional: milderView(milder.conditional) },
        allowedCommands: ['confirm', 'override'].filter((name) =>
          rows.every((one) => commandsFor(one, principal).includes(name)),
        ),
        etag: etagOf(version),
      };
      return replyOf(body, { version });
    },
  }),
];
