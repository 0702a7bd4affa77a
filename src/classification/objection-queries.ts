import type { Id } from '../kernel/ids.js';
import { accountsOf, type Principal, standsForBearer } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Tier } from '../kernel/tier.js';
import type { Reader } from '../persistence/index.js';
import type { AssessmentStore } from './assessment-store.js';
import type { DatasetPort } from './dataset-port.js';
import { rulersOf } from './domain/assessment.js';
import { barred, type Officer } from './domain/objection.js';
import type { ObjectionFilter, ObjectionRow, ObjectionStore } from './objection-store.js';
import type { BodyNames } from './worksheets/worksheet-service.js';

const OVERSEERS: ReadonlySet<string> = new Set(['officer', 'supervisor', 'auditor', 'admin']);
const overseesObjections = ({ roles }: Principal): boolean => roles.some((role) => OVERSEERS.has(role));
const isOfPublisher = ({ roles, organisation }: Principal, publisher: Id): boolean =>
  roles.includes('steward') && organisation?.id === publisher;

/** Who objected, the stewards of the body that holds the data, and the offices that decide and oversee. */
export const seesObjection = (principal: Principal, row: Pick<ObjectionRow, 'organisation' | 'publisher'>): boolean =>
  overseesObjections(principal) ||
  principal.organisation?.id === row.organisation ||
  isOfPublisher(principal, row.publisher);

/** An objection as somebody may see it. */
export interface SeenObjection {
  readonly row: ObjectionRow;
  readonly dataset: { readonly title: Text; readonly tier: Tier } | null;
  /** Null where a natural person objected and the caller is the publisher. */
  readonly objector: { readonly id: Id; readonly name: Text } | null;
  readonly allowedCommands: readonly string[];
}

/** Objections to tiers, for those who may see them. */
export class ObjectionQueries {
  constructor(
    private readonly store: ObjectionStore,
    private readonly datasets: DatasetPort,
    private readonly assessments: AssessmentStore,
    private readonly names: BodyNames,
  ) {}

  async list(
    reader: Reader,
    principal: Principal,
    asked: Pick<ObjectionFilter, 'dataset' | 'state'>,
    page: { offset: number; limit: number },
  ): Promise<{ items: SeenObjection[]; total: number }> {
    const seenBy = {
      organisation: principal.organisation?.id ?? 'nobody',
      publisher: principal.roles.includes('steward'),
    };
    const filter = overseesObjections(principal) ? asked : { ...asked, seenBy };
    const { rows, total } = await this.store.list(reader, filter, page);
    return { items: await this.seen(reader, principal, rows), total };
  }

  async find(reader: Reader, principal: Principal, id: Id): Promise<SeenObjection | null> {
    const row = await this.store.find(reader, id);
    if (row === null || !seesObjection(principal, row)) return null;
    return (await this.seen(reader, principal, [row]))[0] ?? null;
  }

  async seen(reader: Reader, principal: Principal, rows: readonly ObjectionRow[]): Promise<SeenObjection[]> {
    const ids = [...new Set(rows.map(({ dataset }) => dataset))];
    const records = new Map((await this.datasets.findMany(reader, ids)).map((one) => [one.id as Id, one]));
    const currents = new Map((await this.assessments.current(reader, ids)).map((one) => [one.dataset, one]));
    const names = await this.names(reader, [...new Set(rows.map(({ organisation }) => organisation))]);
    const hidden = (row: ObjectionRow): boolean =>
      row.natural_person && !overseesObjections(principal) && principal.organisation?.id !== row.organisation;
    return rows.map((row) => ({
      row,
      dataset: records.get(row.dataset) ?? null,
      objector: hidden(row) ? null : { id: row.organisation, name: names.get(row.organisation) ?? {} },
      allowedCommands: commandsFor(
        row,
        principal,
        rulersOf(currents.get(row.dataset) ?? null),
        names.get(row.organisation) ?? {},
      ),
    }));
  }
}

/** Who would decide an objection; whoever bears the name of the natural person who objected is taken for them. */
export function officerOf(principal: Principal, row: ObjectionRow, objector: Text): Officer {
  const own = row.natural_person && standsForBearer({ kind: 'person', name: objector }, principal.name);
  const accounts = [...accountsOf(principal), ...(own ? [row.objector] : [])];
  return { accounts, organisation: principal.organisation?.id ?? '' };
}

/** What the server would accept from this caller now. */
function commandsFor(row: ObjectionRow, principal: Principal, ruledBy: readonly Id[], objector: Text): string[] {
  if (row.state !== 'open') return [];
  const { organisation, roles } = principal;
  const by = { id: row.objector, organisation: row.organisation };
  const bar = barred({ standing: row.standing, by, ruledBy }, officerOf(principal, row, objector));
  const decides = roles.includes('officer') && bar === null;
  const files = roles.some((role) => FILERS.has(role));
  return [
    ...(decides ? ['uphold', 'reject'] : []),
    ...(files && organisation?.id === row.organisation ? ['withdraw'] : []),
  ];
}
/** Who may object to a tier. */
export const FILERS: ReadonlySet<string> = new Set(['steward', 'handler', 'signatory', 'citizen']);
