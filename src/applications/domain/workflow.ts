import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import type { Text } from '../../kernel/text.js';
import type { Application, ApplicationState, Stage } from './application.js';
import { COMMANDS, type CommandName } from './commands.js';

/** In which capacity someone stands to a case; the officers' two are filled by posts, the applicant's by its people. */
export const PARTIES = ['handler', 'signatory', 'reviewer', 'approver'] as const;
export type Party = (typeof PARTIES)[number];

/** A state, told apart by stage while in review: `in-review/holder`. */
export type Cell = Exclude<ApplicationState, 'in-review'> | `in-review/${Stage}`;
type Allow = Readonly<Partial<Record<Cell, readonly Party[]>>>;

export interface StageSource {
  readonly party: Extract<Party, 'reviewer' | 'approver'>;
  readonly role: Role;
  readonly of: 'holder' | 'authority';
  readonly substitute: { readonly role: Role; readonly of: 'holder' | 'authority' };
}

export interface CommandSource {
  readonly text: Text;
  /** Separation of duties applies to whoever gives it. */
  readonly ruling?: boolean;
  /** Also possible when another officer has claimed the case. */
  readonly pastClaim?: boolean;
  /** The stage whose officers give it when the case is at none. */
  readonly at?: Stage;
  /** The states it may lead to; without it the state stays. */
  readonly leads?: readonly Cell[];
  readonly leadsFrom?: Readonly<Partial<Record<Cell, readonly Cell[]>>>;
  readonly allow: Allow;
}

/** Where a submission may enter the life cycle. */
export type Entry = Extract<Cell, 'submitted' | 'in-review/holder' | 'in-review/authority'>;

/** Where a submission enters; `unconditional`: where everything it asks for is to be had without a review. */
interface Route {
  readonly enters: Entry;
  readonly unconditional?: 'approved';
}

/** Where submissions enter, by what they are. */
export interface Routes {
  readonly application: Route;
  readonly amendment: Route;
  readonly renewal: Route & {
    /** Where it asks for nothing else than what was granted. */
    readonly unchanged: Entry;
    /** Days before the end of a grant from which it can be renewed, and after it until when. */
    readonly opens: number;
    readonly closes: number;
  };
}

/** The life cycle of requests between public bodies, by what differs from that of opening. */
export interface SharingSource {
  /** The table of deadlines it runs on, beside the one of opening. */
  readonly deadlines: string;
  /** What the body that asks promises; its template can be revised like every agreement. */
  readonly promise: { readonly template: Id; readonly title: Text; readonly text: Text };
  readonly routes: Routes;
  /** Commands nobody has here. */
  readonly without: readonly CommandName[];
  readonly commands: Readonly<Partial<Record<CommandName, Partial<CommandSource>>>>;
}

/** `policies/workflow.yaml` as its schema describes it. */
export interface WorkflowSource {
  readonly workflow: string;
  readonly version: number;
  /** The table of deadlines of the pack that it runs on; absent: the one called `deadlines`. */
  readonly deadlines?: string;
  readonly stages: Readonly<Record<Stage, StageSource>>;
  readonly applicant: Readonly<Record<'handler' | 'signatory', readonly Role[]>>;
  readonly readers: readonly Role[];
  readonly routes: Routes;
  readonly edit: Allow;
  readonly commands: Readonly<Record<CommandName, CommandSource>>;
  /** Absent where nothing is shared between bodies. */
  readonly sharing?: SharingSource;
  readonly refusalReasons: Readonly<Record<string, { readonly text: Text; readonly remedy: Text }>>;
}

/** The table of sharing: that of opening with other routes, other commands, and some taken away. */
export function sharingTable({ sharing: differs, ...opening }: WorkflowSource): WorkflowSource | null {
  if (differs === undefined) return null;
  const { routes, without, commands } = differs;
  const commandOf = (name: CommandName): CommandSource => ({
    ...opening.commands[name],
    ...commands[name],
    ...(without.includes(name) ? { allow: {} } : {}),
  });
  const table = Object.fromEntries(COMMANDS.map((name) => [name, commandOf(name)])) as WorkflowSource['commands'];
  return { ...opening, workflow: 'sharing', routes, commands: table };
}

export const cellOf = ({ state, stage }: Pick<Application, 'state' | 'stage'>): Cell =>
  state === 'in-review' ? `in-review/${stage ?? 'holder'}` : state;

/** The stage whose officers have, or will next have, the case; null where none has. */
export const stageOf = ({ state, stage }: Pick<Application, 'state' | 'stage'>): Stage | null => {
  if (state === 'submitted' || state === 'needs-correction' || state === 'consulting') return stage ?? 'holder';
  return state === 'in-review' ? (stage ?? 'holder') : null;
};

/** The stage a ruling command acts at. */
export const stageNow = (state: Pick<Application, 'state' | 'stage'>): Stage => stageOf(state) ?? 'holder';

/** The one table, asked in its several ways. */
export class Workflow {
  constructor(readonly source: WorkflowSource) {}

  /** Whether one of these parties may give the command in this state. */
  permits(command: CommandName, cell: Cell, parties: ReadonlySet<Party>): boolean {
    return shares(this.source.commands[command].allow[cell], parties);
  }

  /** Whether one of these parties may give the command in any state: if not, it is not theirs at all. */
  knows(command: CommandName, parties: ReadonlySet<Party>): boolean {
    return Object.values(this.source.commands[command].allow).some((allowed) => shares(allowed, parties));
  }

  /** Whether separation of duties applies to whoever gives the command. */
  isRuling(command: CommandName): boolean {
    return this.source.commands[command].ruling ?? false;
  }

  /** The states a command may lead to from this one; itself where the state stays. */
  targets(command: CommandName, from: Cell): readonly Cell[] {
    const { leads, leadsFrom } = this.source.commands[command];
    return leadsFrom?.[from] ?? leads ?? [from];
  }

  /** The stage a command is given at in this state; null for the applicant's own. */
  stageOf(command: CommandName, state: Pick<Application, 'state' | 'stage'>): Stage | null {
    return stageOf(state) ?? this.source.commands[command].at ?? null;
  }

  isPastClaim(command: CommandName): boolean {
    return this.source.commands[command].pastClaim ?? false;
  }

  rulingCommands(): CommandName[] {
    return COMMANDS.filter((name) => this.isRuling(name));
  }

  permitsEdit(cell: Cell, parties: ReadonlySet<Party>): boolean {
    return shares(this.source.edit[cell], parties);
  }

  /** The cells of the table in the order of the life cycle, each with its commands and their parties. */
  rows(): {
    readonly cell: Cell;
    readonly commands: readonly { readonly name: CommandName; readonly parties: readonly Party[] }[];
  }[] {
    return CELLS.map((cell) => ({
      cell,
      commands: COMMANDS.flatMap((name) => {
        const parties = this.source.commands[name].allow[cell];
        return parties === undefined ? [] : [{ name, parties }];
      }),
    }));
  }
}

const shares = (allowed: readonly Party[] | undefined, parties: ReadonlySet<Party>): boolean =>
  allowed?.some((party) => parties.has(party)) ?? false;

export const CELLS: readonly Cell[] = [
  'draft',
  'submitted',
  'needs-correction',
  'in-review/holder',
  'in-review/authority',
  'consulting',
  'approved',
  'partly-approved',
  'concluded',
  'refused',
  'withdrawn',
  'abandoned',
  'closed',
];
