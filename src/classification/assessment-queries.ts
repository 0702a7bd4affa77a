import type { Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import { strictness } from '../kernel/tier.js';
import type { Reader } from '../persistence/index.js';
import { GROUP_LIMIT, maySee } from './assessment-service.js';
import type { AssessmentFilter, AssessmentGroup, AssessmentRow, AssessmentStore } from './assessment-store.js';
import { assess } from './domain/assess.js';
import { ENGINE } from './domain/assessment.js';
import { replayText } from './domain/replay.js';
import type { Source } from './domain/pack.js';
import { type Packs, sha256 } from './packs/load.js';

/** Why a dataset has its tier, in both languages. */
export interface TierReason {
  readonly rule: string;
  readonly text: Text;
  readonly source: Text;
  readonly verified: boolean;
}

/** A named source and its article, in both languages, as our words and never as a quotation. */
export function sourceText({ text, article }: Source): Text {
  const en = [text.en, article?.en].filter((part) => part !== undefined).join(', ');
  return { zh: `${text.zh ?? ''}${article?.zh ?? ''}`, ...(en === '' ? {} : { en }) };
}

/** What running a stored assessment again gives. */
export const REPLAYS = ['identical', 'different', 'pack-not-installed'] as const;
export type Replay = (typeof REPLAYS)[number];

const GROUPS = 100;

/** Read models over assessments, for screens and for other slices. */
export class AssessmentQueries {
  constructor(
    private readonly store: AssessmentStore,
    private readonly packs: Packs,
  ) {}

  async find(reader: Reader, principal: Principal, id: string): Promise<AssessmentRow | null> {
    const row = await this.store.find(reader, id);
    return row === null || !maySee(principal, row.publisher) ? null : row;
  }

  /** The queue: newest first, only what the caller may see; groups where no group was asked for. */
  async list(
    reader: Reader,
    principal: Principal,
    asked: AssessmentFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: AssessmentRow[]; total: number; groups: AssessmentGroup[] }> {
    const own = maySee(principal, '') ? {} : { publisher: principal.organisation?.id ?? 'nobody' };
    const filter = { ...asked, ...own };
    const { rows, total } = await this.store.list(reader, filter, page);
    const groups = asked.group === undefined ? await this.store.groups(reader, filter, GROUPS) : [];
    return { rows, total, groups };
  }

  /** The open records of a group that the caller may see, by dataset; as many as one act confirms. */
  async group(reader: Reader, principal: Principal, group: string): Promise<readonly AssessmentRow[]> {
    const rows = await this.store.openOfGroup(reader, group, GROUP_LIMIT);
    return rows.filter(({ publisher }) => maySee(principal, publisher));
  }

  /** The reasons behind the tiers in force, by dataset. */
  async latest(reader: Reader, datasets: readonly string[]): Promise<ReadonlyMap<string, readonly TierReason[]>> {
    const rows = await this.store.current(reader, datasets);
    return new Map(rows.map((row) => [row.dataset, reasonsOf(row)]));
  }

  /** Runs a stored assessment again from its stored facts: `identical` compares byte for byte, by hash. */
  replay(row: AssessmentRow): Replay {
    const compiled = this.packs.exactly(row.pack, row.pack_version, row.pack_hash);
    if (compiled === null) return 'pack-not-installed';
    const hash = sha256(replayText(row.facts, compiled, assess(row.facts, compiled)));
    return hash === row.replay_hash ? 'identical' : 'different';
  }
}

/** The rules that fired; what a person decided or proposed against them stands first. */
function reasonsOf(row: AssessmentRow): TierReason[] {
  const { decision, verdict } = row;
  const fired = verdict.rules.map(({ id, text, source, verified }) => ({
    rule: id,
    text,
    source: sourceText(source),
    verified,
  }));
  if (row.state === 'returned') return [{ ...KEPT_BACK, text: GIVEN_BACK }, ...fired];
  if (decision !== null) return decision.reason === null ? fired : [stated('decided-by-officer', decision), ...fired];
  return strictness(row.tier) > strictness(verdict.tier) ? [heldBack(row), ...fired] : fired;
}

/** Stricter than the rules ask for: raised by a proposal, or kept until a second person confirms the milder tier. */
function heldBack({ tier, proposed_tier, proposal }: AssessmentRow): TierReason {
  if (tier !== proposed_tier || proposal.by === ENGINE) return KEPT_BACK;
  return proposal.reason === null
    ? { ...KEPT_BACK, rule: 'proposed-by-person', text: RAISED }
    : stated('proposed-by-person', proposal);
}

const RAISED = {
  en: 'A person raised the tier without giving a reason; a second person has still to confirm it.',
  zh: '由人工从严调整，未说明理由，尚待他人确认。',
};
const GIVEN_BACK = {
  en: 'An officer returned what was proposed; until somebody decides, the tier stays.',
  zh: '审核人已退回该建议；在作出决定之前，维持现行开放类型。',
};
const KEPT = {
  en: 'The stricter tier stays until a second person confirms the milder one.',
  zh: '在他人确认较宽的开放类型之前，维持较严的开放类型。',
};

const KEPT_BACK: TierReason = { rule: 'kept-until-review', text: KEPT, source: {}, verified: false };

interface Stated {
  readonly reason: string | null;
  readonly legalBasis: string | null;
}

const stated = (rule: string, { reason, legalBasis }: Stated): TierReason => ({
  rule,
  text: { zh: reason ?? '', en: reason ?? '' },
  source: { zh: legalBasis ?? '', en: legalBasis ?? '' },
  verified: false,
});
