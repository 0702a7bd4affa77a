import { setImmediate as breathe } from 'node:timers/promises';
import type { Id } from '../../kernel/ids.js';
import type { Ruling } from '../../kernel/ruling.js';
import { In } from 'typeorm';
import { insertRows, LostUpdate, type Reader, type Transaction } from '../../persistence/index.js';
import type { MatterWithGrant } from '../domain/entry.js';
import type { Matter } from '../domain/matter.js';
import type {
  CatalogueSnapshot,
  Cursor,
  GrantOfMatter,
  RegisterStore,
  RulingsAmong,
  RulingsAsked,
} from '../register-store.js';
import { CatalogueCountsRow, MatterGrantRow, MatterRow, RegisterCursorRow } from './register-rows.js';

const ONLY = 1;
/** Matters that are read at a time: some milliseconds. */
const PART = 500;

/** In the product's database, embedded or server. */
export class DatabaseRegisterStore implements RegisterStore {
  async cursor(reader: Reader): Promise<Cursor | null> {
    const row = await reader.manager.findOneBy(RegisterCursorRow, { id: ONLY });
    return row === null ? null : { position: row.position, completeUntil: row.complete_until };
  }

  async moveCursor(tx: Transaction, from: Cursor | null, { position, completeUntil }: Cursor): Promise<void> {
    const to = { position, complete_until: completeUntil };
    if (from === null) {
      const again = tx.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
      const sql = `${again} INTO register_cursor (id, position, complete_until) VALUES (?, 0, ?)`;
      await tx.manager.query(sql, [ONLY, tx.instantValue(0)]);
    }
    const { affected } = await tx.manager.update(RegisterCursorRow, { id: ONLY, position: from?.position ?? 0 }, to);
    if (affected !== 1) throw new LostUpdate('register cursor');
  }

  async ofCases(reader: Reader, applications: readonly Id[]): Promise<readonly Matter[]> {
    if (applications.length === 0) return [];
    return (await reader.manager.findBy(MatterRow, { application: In([...applications]) })).map(matterOf);
  }

  async replaceCases(tx: Transaction, applications: readonly Id[], matters: readonly Matter[]): Promise<void> {
    if (applications.length > 0) await tx.manager.delete(MatterRow, { application: In([...applications]) });
    await insertRows(tx.manager, MatterRow, matters.map(rowOf));
  }

  async replaceGrants(tx: Transaction, grants: readonly GrantOfMatter[]): Promise<void> {
    if (grants.length === 0) return;
    await tx.manager.delete(MatterGrantRow, { grant_id: In(grants.map(({ grant }) => grant)) });
    await insertRows(tx.manager, MatterGrantRow, grants.map(grantRowOf));
  }

  async rulings(
    reader: Reader,
    asked: RulingsAsked,
    { kind, until }: RulingsAmong,
    limit: number,
  ): Promise<readonly Matter[]> {
    const said = Object.entries(asked).filter(([, value]) => value !== undefined);
    const where = [
      ...said.map(([column]) => `${column} = ?`),
      'ruled_on <= ?',
      `kind IS ${kind === null ? '' : 'NOT '}NULL`,
    ];
    const sql = `SELECT * FROM register_matters WHERE ${where.join(' AND ')}
      ORDER BY ruled_on DESC, application DESC LIMIT ${Math.trunc(limit)}`;
    const rows = (await reader.manager.query(sql, [...said.map(([, value]) => value), until])) as Stored<MatterRow>[];
    return rows.map(asStored);
  }

  async *parts(reader: Reader, size = PART): AsyncGenerator<readonly MatterWithGrant[]> {
    for (let after: Id | null = ''; after !== null; await breathe()) {
      const found = await told(reader, 'application > ?', after, `LIMIT ${size}`);
      const last: Id | undefined = found.length < size ? undefined : found.at(-1)?.application;
      // The last case may go on beyond the part.
      const before = found.filter(({ application }) => application !== last);
      const whole = last === undefined ? found : [...before, ...(await told(reader, 'application = ?', last))];
      if (whole.length > 0) yield await this.withGrants(reader, whole);
      after = last ?? null;
    }
  }

  private async withGrants(reader: Reader, rows: readonly Stored<MatterRow>[]): Promise<MatterWithGrant[]> {
    const sql = 'SELECT * FROM register_grants WHERE application >= ? AND application <= ?';
    const between = [rows[0]?.application, rows.at(-1)?.application];
    const grants = new Map<string, GrantOfMatter>();
    for (const row of (await reader.manager.query(sql, between)) as Stored<MatterGrantRow>[])
      grants.set(`${row.application} ${row.dataset}`, grantOf({ ...row, uses: JSON.parse(row.uses) }));
    return rows.map((row) => {
      const matter = asStored(row);
      const approved = matter.ruling === 'approved' || matter.ruling === 'approved-in-part';
      return { matter, grant: approved ? (grants.get(`${matter.application} ${matter.dataset}`) ?? null) : null };
    });
  }

  async snapshots(reader: Reader): Promise<readonly CatalogueSnapshot[]> {
    const rows = await reader.manager.find(CatalogueCountsRow, { order: { quarter: 'ASC' } });
    return rows.map(({ quarter, counted_on: countedOn, counts }) => ({ quarter, countedOn, counts }));
  }

  async keepSnapshot(tx: Transaction, { quarter, countedOn, counts }: CatalogueSnapshot): Promise<void> {
    const once = tx.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    const sql = `${once} INTO register_catalogue (quarter, counted_on, counts) VALUES (?, ?, ?)`;
    await tx.manager.query(sql, [quarter, countedOn, JSON.stringify(counts)]);
  }
}

/** Read without entities: of 100,000 matters they would take most of the time. */
const told = (reader: Reader, which: string, application: Id, limit = ''): Promise<Stored<MatterRow>[]> =>
  reader.manager.query(
    `SELECT * FROM register_matters
     WHERE ${which} AND kind IS NULL AND (ruled_on IS NOT NULL OR overdue_on IS NOT NULL)
     ORDER BY application, dataset, round ${limit}`,
    [application],
  );

const NONE: readonly string[] = [];

/** A row as the driver gives it: lists as text, numbers perhaps as text. */
type Stored<Row> = {
  [Column in keyof Row]: Row[Column] extends readonly unknown[]
    ? string
    : Row[Column] extends readonly unknown[] | null
      ? string | null
      : Row[Column];
};

const asStored = (row: Stored<MatterRow>): Matter =>
  matterOf({
    ...row,
    reasons: row.reasons === '[]' ? NONE : JSON.parse(row.reasons),
    proceedings: row.proceedings === null ? null : JSON.parse(row.proceedings),
  });

const numberOf = (value: number | string | null): number | null => (value === null ? null : Number(value));

const judgesOf = ({ advised_by: by, advice, ruled_by: ruledBy }: MatterRow): Pick<Matter, 'judges'> =>
  by === null && ruledBy === null
    ? {}
    : { judges: { advised: by === null ? null : { by, ruling: advice as Ruling }, ruledBy } };

const matterOf = (row: MatterRow): Matter => ({
  application: row.application,
  ...(row.kind === null ? {} : { kind: row.kind }),
  dataset: row.dataset,
  round: Number(row.round),
  applicant: row.applicant,
  applicantKind: row.applicant_kind as Matter['applicantKind'],
  holder: row.holder,
  field: row.field as Matter['field'],
  tier: row.tier as Matter['tier'],
  purpose: row.purpose as Matter['purpose'],
  submittedOn: row.submitted_on,
  ruledOn: row.ruled_on,
  endedOn: row.ended_on,
  overdueOn: row.overdue_on,
  ruling: row.ruling as Matter['ruling'],
  reasons: row.reasons,
  steps: {
    acceptance: numberOf(row.step_acceptance),
    holder: numberOf(row.step_holder),
    authority: numberOf(row.step_authority),
  },
  days: numberOf(row.days),
  limit: numberOf(row.day_limit),
  late: Boolean(row.late),
  appeal:
    row.appealed_on === null
      ? null
      : {
          askedOn: row.appealed_on,
          outcome: row.appeal_outcome as 'upheld' | 'reopened' | null,
          decidedOn: row.appeal_decided_on,
        },
  ...(row.proceedings === null ? {} : { proceedings: row.proceedings }),
  ...judgesOf(row),
});

const rowOf = ({ steps, appeal, judges, ...matter }: Matter): MatterRow => ({
  application: matter.application,
  kind: matter.kind ?? null,
  dataset: matter.dataset,
  round: matter.round,
  applicant: matter.applicant,
  applicant_kind: matter.applicantKind,
  holder: matter.holder,
  field: matter.field,
  tier: matter.tier,
  purpose: matter.purpose,
  submitted_on: matter.submittedOn,
  ruled_on: matter.ruledOn,
  ended_on: matter.endedOn,
  overdue_on: matter.overdueOn,
  ruling: matter.ruling,
  reasons: matter.reasons,
  step_acceptance: steps.acceptance,
  step_holder: steps.holder,
  step_authority: steps.authority,
  days: matter.days,
  day_limit: matter.limit,
  late: matter.late,
  advised_by: judges?.advised?.by ?? null,
  advice: judges?.advised?.ruling ?? null,
  ruled_by: judges?.ruledBy ?? null,
  appealed_on: appeal?.askedOn ?? null,
  appeal_outcome: appeal?.outcome ?? null,
  appeal_decided_on: appeal?.decidedOn ?? null,
  proceedings: matter.proceedings ?? null,
});

const grantRowOf = ({ grant, application, dataset, begunOn, uses }: GrantOfMatter): MatterGrantRow => ({
  grant_id: grant,
  application,
  dataset,
  begun_on: begunOn,
  uses,
});

const grantOf = ({
  grant_id: grant,
  application,
  dataset,
  begun_on: begunOn,
  uses,
}: MatterGrantRow): GrantOfMatter => ({
  grant,
  application,
  dataset,
  begunOn,
  uses,
});
