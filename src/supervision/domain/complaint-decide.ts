import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Role } from '../../kernel/roles.js';
import { type Day, dayOf, type Instant } from '../../kernel/time.js';
import {
  type Complaint,
  type ComplaintEvent,
  complaintEvent,
  type Finding,
  isOpen,
  isWithdrawn,
  QUALITY_OUTCOMES,
  RIGHTS_OUTCOMES,
} from './complaint.js';

export const COMPLAINT_COMMANDS = [
  'answer',
  'suspend',
  'propose-lift',
  'confirm-lift',
  'report-finding',
  'rule',
  'treat',
  'take-back',
  'propose-release',
  'confirm-release',
  'decline-release',
] as const;
export type ComplaintCommandName = (typeof COMPLAINT_COMMANDS)[number];

export type ComplaintCommand =
  | {
      readonly name: 'answer';
      readonly outcome: (typeof QUALITY_OUTCOMES)[number];
      readonly text: string;
      readonly mendedOn: Day | null;
    }
  | {
      readonly name:
        | 'suspend'
        | 'propose-lift'
        | 'confirm-lift'
        | 'propose-release'
        | 'confirm-release'
        | 'decline-release';
      readonly reason: string;
    }
  | { readonly name: 'report-finding'; readonly finding: Finding; readonly remark: string; readonly due: Day }
  | {
      readonly name: 'rule';
      readonly outcome: (typeof RIGHTS_OUTCOMES)[number];
      readonly text: string;
      /** Of treat-and-reopen: what has to be treated; null is what the complaint names. */
      readonly items: readonly string[] | null;
      readonly manifestly: boolean;
      readonly due: Day;
    }
  | { readonly name: 'treat'; readonly text: string; readonly mark: Id }
  | { readonly name: 'take-back' };

/** Who acts, and how they stand to it. */
export interface ComplaintCaller {
  readonly person: Id;
  /** Every account that is taken for theirs. */
  readonly accounts: readonly Id[];
  readonly organisation: Id | null;
  readonly roles: readonly Role[];
}

/** What a decision rests on beside the complaint, read under the lock of its dataset. */
export interface ComplaintFacts {
  readonly now: Instant;
  readonly caller: ComplaintCaller;
  /** Organisations with a side in it, parents included: the complainant's, and those with grants or requests for the data. */
  readonly sides: readonly Id[];
  /** A natural person of the caller's name complained: the caller decides nothing, and takes nothing back either. */
  readonly bearsName?: boolean;
}

const AUTHORITY: readonly Role[] = ['approver', 'supervisor'];
const HOLDER: readonly Role[] = ['steward', 'reviewer'];
const has = ({ roles }: ComplaintCaller, ...some: readonly Role[]): boolean =>
  some.some((role) => roles.includes(role));
const holds = (caller: ComplaintCaller, { holder }: Complaint, ...roles: readonly Role[]): boolean =>
  caller.organisation === holder && has(caller, ...roles);
const isTheirs = ({ person, organisation }: Complaint, caller: ComplaintCaller): boolean =>
  person !== null &&
  (caller.accounts.includes(person) || (organisation !== null && organisation === caller.organisation));

/** Who may give each command, whatever the state. */
const MAY: Readonly<Record<ComplaintCommandName, (caller: ComplaintCaller, complaint: Complaint) => boolean>> = {
  // A holder that lets the day pass leaves the answer to the authority as well.
  answer: (caller, complaint) => holds(caller, complaint, ...HOLDER) || (complaint.overdue && has(caller, 'approver')),
  suspend: (caller, complaint) => holds(caller, complaint, 'reviewer') || has(caller, ...AUTHORITY),
  'propose-lift': (caller, complaint) => holds(caller, complaint, 'reviewer'),
  'confirm-lift': (caller) => has(caller, ...AUTHORITY),
  // In the place of a holder that let the day pass; who rules is another person all the same.
  'report-finding': (caller, complaint) =>
    holds(caller, complaint, ...HOLDER) || (complaint.overdue && has(caller, ...AUTHORITY)),
  rule: (caller) => has(caller, 'approver'),
  treat: (caller, complaint) => holds(caller, complaint, 'steward'),
  'take-back': (caller, complaint) => isTheirs(complaint, caller),
  'propose-release': (caller, complaint) => holds(caller, complaint, ...HOLDER),
  'confirm-release': (caller) => has(caller, 'approver'),
  'decline-release': (caller) => has(caller, 'approver'),
};

/** When each is possible, whoever gives it. */
const POSSIBLE: Readonly<Record<ComplaintCommandName, (complaint: Complaint) => boolean>> = {
  answer: ({ about, state }) => about === 'quality' && state === 'open',
  suspend: (complaint) => isUndecided(complaint) && complaint.restsSince === null,
  'propose-lift': (complaint) => isUndecided(complaint) && complaint.restsSince !== null && complaint.lift === null,
  'confirm-lift': ({ lift, restsSince, ...rest }) =>
    isUndecided(rest) && restsSince !== null && lift !== null && lift.confirmed === null,
  'report-finding': ({ about, state }) => about === 'rights' && state === 'open',
  // Data that nobody treats in time may still be withdrawn, or served as it is.
  rule: ({ state, overdue, treatment }) =>
    state === 'verified' || (state === 'treating' && overdue && treatment === null),
  treat: ({ state, treatment }) => state === 'treating' && treatment === null,
  'take-back': ({ state, about }) => state === 'open' || (about === 'rights' && state === 'verified'),
  'propose-release': isWithdrawn,
  'confirm-release': isReleaseAsked,
  'decline-release': isReleaseAsked,
};

/** Asked for, and not declined yet. */
function isReleaseAsked(complaint: Complaint): boolean {
  return isWithdrawn(complaint) && complaint.release !== undefined && complaint.release.declined === undefined;
}

const isUndecided = ({ about, state }: Pick<Complaint, 'about' | 'state'>): boolean =>
  about === 'rights' && (state === 'open' || state === 'verified');

/** Why this caller may not give the command now; null where they may. `allowedCommands` and the server both ask here. */
export function barOf(complaint: Complaint, name: ComplaintCommandName, facts: ComplaintFacts): Refusal | null {
  const { caller, sides, bearsName = false } = facts;
  if (!MAY[name](caller, complaint)) return refusal('forbidden');
  if (!POSSIBLE[name](complaint))
    return refusal('complaint-state', `It is ${complaint.state}; ${name} is not possible now.`);
  if (name === 'take-back') return null;
  if (
    bearsName ||
    isTheirs(complaint, caller) ||
    (DECIDING.includes(name) && sides.includes(caller.organisation ?? ''))
  )
    return refusal('organisation-concerned');
  const before = secondPersonAfter(complaint, name);
  return before !== null && caller.accounts.includes(before) ? refusal('complaint-second-person') : null;
}

const DECIDING: readonly ComplaintCommandName[] = ['rule', 'confirm-lift', 'confirm-release', 'decline-release'];

/** Who did the step before, where another person has to do this one. */
function secondPersonAfter({ lift, verification, release }: Complaint, name: ComplaintCommandName): Id | null {
  if (name === 'confirm-lift') return lift?.by ?? null;
  if (name === 'confirm-release' || name === 'decline-release') return release?.by ?? null;
  return name === 'rule' ? (verification?.by ?? null) : null;
}

const misfit = (pointer: string, detail: string): Refusal =>
  refusal('complaint-answer', detail, { errors: [{ code: 'complaint-answer', pointer, detail }] });

/** What a command does, or why not. */
export function decide(complaint: Complaint, command: ComplaintCommand, facts: ComplaintFacts): Result<ComplaintEvent> {
  const bar = barOf(complaint, command.name, facts) ?? faultOf(command, facts.now);
  if (bar !== null) return err(bar);
  const { now, caller } = facts;
  const by = caller.person;
  switch (command.name) {
    case 'answer': {
      const { outcome, text, mendedOn } = command;
      const answer = { by, outcome, text, mendedOn, manifestly: false, items: complaint.items, due: null };
      return ok(complaintEvent('complaint.answered', now, answer));
    }
    case 'suspend':
      return ok(complaintEvent('complaint.suspended', now, { by, reason: command.reason }));
    case 'propose-lift':
      return ok(complaintEvent('complaint.lift-proposed', now, { by, reason: command.reason }));
    case 'confirm-lift':
      return ok(complaintEvent('complaint.lifted', now, { by, reason: command.reason }));
    case 'report-finding': {
      const { finding, remark, due } = command;
      return ok(complaintEvent('complaint.verified', now, { by, finding, remark, due }));
    }
    case 'rule':
      return ok(complaintEvent('complaint.answered', now, ruled(complaint, command, by)));
    case 'treat':
      return ok(complaintEvent('complaint.treated', now, { by, text: command.text, mark: command.mark }));
    case 'take-back':
      return ok(complaintEvent('complaint.taken-back', now, { by }));
    case 'propose-release':
      return ok(complaintEvent('complaint.release-proposed', now, { by, reason: command.reason }));
    case 'confirm-release':
      return ok(complaintEvent('complaint.released', now, { by, reason: command.reason }));
    case 'decline-release':
      return ok(complaintEvent('complaint.release-declined', now, { by, reason: command.reason }));
    default:
      return command satisfies never;
  }
}

function ruled(complaint: Complaint, command: Extract<ComplaintCommand, { name: 'rule' }>, by: Id) {
  const { outcome, text, items, manifestly, due } = command;
  const treats = outcome === 'treat-and-reopen';
  return {
    by,
    outcome,
    text,
    mendedOn: null,
    manifestly,
    items: (treats ? items : null) ?? complaint.items,
    due: treats ? due : null,
  };
}

/** A command with what its outcome needs and nothing else. */
function faultOf(command: ComplaintCommand, now: Instant): Refusal | null {
  if (command.name === 'answer') {
    if ((command.outcome === 'mended') !== (command.mendedOn !== null))
      return misfit('/mendedOn', 'What was mended, and nothing else, has a day.');
    return command.mendedOn !== null && command.mendedOn > dayOf(now)
      ? misfit('/mendedOn', 'It is mended once it is: the day lies ahead.')
      : null;
  }
  if (command.name !== 'rule') return null;
  if (command.items !== null && command.outcome !== 'treat-and-reopen')
    return misfit('/items', 'Only a treatment names items.');
  return command.manifestly && command.outcome !== 'resume'
    ? misfit('/manifestly', 'Only what resumes was unfounded.')
    : null;
}

/** The due day of the step passed: told once; null where it is not so. */
export function overdue(complaint: Complaint, now: Instant): ComplaintEvent | null {
  const { due, overdue: told, treatment } = complaint;
  return isOpen(complaint) && treatment === null && !told && dayOf(now) > due
    ? complaintEvent('complaint.overdue', now, { due })
    : null;
}

/** A new assessment was confirmed: data that was treated before it was made is opened again; null where it is not so. */
export function reopened(complaint: Complaint, assessment: Id, now: Instant): ComplaintEvent | null {
  const { state, treatment } = complaint;
  return state === 'treating' && treatment !== null && assessment > treatment.mark
    ? complaintEvent('complaint.reopened', now, { assessment })
    : null;
}
