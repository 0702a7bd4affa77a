import type { Id } from './ids.js';
import type { Role } from './roles.js';
import { foldedName, type Text } from './text.js';

/**
 * Who applies are the three of Shanghai Data Regulations art. 41(3): `enterprise`, a legal person; `unincorporated`, an
 * organisation that is none (a partnership, a branch, a sole trader); `person`, which stands for one natural person.
 * `public-body` holds data; `authority` rules; `centre` runs the platform.
 */
export const ORGANISATION_KINDS = [
  'enterprise',
  'unincorporated',
  'public-body',
  'authority',
  'centre',
  'person',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
/** The three that may ask for data that is opened. */
export const APPLICANT_KINDS = [
  'enterprise',
  'unincorporated',
  'person',
] as const satisfies readonly OrganisationKind[];
export type ApplicantKind = (typeof APPLICANT_KINDS)[number];

/** Whether somebody is of the kinds a condition names. */
export const isAmong = (kinds: readonly ApplicantKind[], kind: OrganisationKind): boolean =>
  kinds.some((one) => one === kind);

/** Whoever sends a request, after their credential was verified. */
export interface Principal {
  readonly kind: 'anonymous' | 'person' | 'portal' | 'machine';
  readonly id: Id;
  readonly name: string;
  /** The organisation they act for. */
  readonly organisation: {
    readonly id: Id;
    readonly name: string;
    readonly creditCode: string;
    readonly kind: OrganisationKind;
  } | null;
  readonly roles: readonly Role[];
  /** Of somebody without a post at an organisation that applies: they act for nobody, and see of it what names them. */
  readonly memberOf?: Id;
  readonly session?: Id;
  /** Of a portal or a machine: the key or secret that it signed in with. */
  readonly credential?: Id;
  /** Of a machine that asks with a key of a grant: nothing but this grant is asked for. */
  readonly grant?: Id;
  /** Of such a machine: the person in whose name it asks, where the grant names persons. */
  readonly bearer?: Id;
  /**
   * Verified earlier, and whether it still holds could not be asked just now: what everybody may have is given, and nothing
   * else. Only the access plane lets anybody in like that.
   */
  readonly unconfirmed?: true;
  /** Of a portal that is not registered for everyone: the organisations that it may ask about, with their people. */
  readonly serves?: readonly Id[];
  /**
   * Accounts of the same organisation under the same name. Where two people are asked for they count as one: an account
   * is no person, and nothing else here says who stands behind it.
   */
  readonly namesakes?: readonly Id[];
}

/** Whom a machine with a key of a grant asks for: its organisation, or the person in whose name it asks. */
export const machineSubject = ({ bearer, organisation }: Pick<Principal, 'bearer' | 'organisation'>) =>
  bearer === undefined
    ? { type: 'organisation' as const, id: organisation?.id ?? '' }
    : { type: 'user' as const, id: bearer };

/** Every account that is taken for theirs. */
export const accountsOf = ({ id, namesakes = [] }: Pick<Principal, 'id' | 'namesakes'>): readonly Id[] => [
  id,
  ...namesakes,
];

/** What is known of an organisation where it is asked whom it stands for. */
export interface Named {
  readonly kind: OrganisationKind;
  readonly name: Text;
}

/**
 * Whether an organisation stands for a natural person of this name. An officer who applies in private does so by another
 * account; only the name, which an administrator verified on both sides, says that one human being is behind the two. A
 * namesake is kept from the case as well: somebody else can decide it, and that is the safe side.
 */
export function standsForBearer({ kind, name: { zh = '', en = '' } }: Named, name: string): boolean {
  if (kind !== 'person') return false;
  const wanted = foldedName(name);
  return wanted !== '' && [zh, en, zh + en, en + zh].some((one) => foldedName(one) === wanted);
}

export const ANONYMOUS: Principal = {
  kind: 'anonymous',
  id: 'anonymous',
  name: 'anonymous',
  organisation: null,
  roles: [],
};

/** Who is named in the log as having done something. */
export interface Actor {
  readonly kind: 'person' | 'portal' | 'machine' | 'system' | 'anonymous';
  readonly id: Id;
  readonly organisation?: Id;
}

export const SYSTEM: Actor = { kind: 'system', id: 'system' };
export const actorOf = (principal: Principal): Actor => ({
  kind: principal.kind,
  id: principal.id,
  ...(principal.organisation === null ? {} : { organisation: principal.organisation.id }),
});
