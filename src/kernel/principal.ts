import type { Id } from './ids.js';
import type { Role } from './roles.js';

/** `enterprise` applies; `public-body` holds data; `authority` rules; `centre` runs the platform; `person` stands for one natural person. */
export type OrganisationKind = 'enterprise' | 'public-body' | 'authority' | 'centre' | 'person';

/** Whoever sends a request, after their credential was verified. */
export interface Principal {
  readonly kind: 'anonymous' | 'person' | 'portal';
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
  readonly session?: Id;
  /**
   * Accounts of the same organisation under the same name. Where two people are asked for they count as one: an account
   * is no person, and nothing else here says who stands behind it.
   */
  readonly namesakes?: readonly Id[];
}

/** Every account that is taken for theirs. */
export const accountsOf = ({ id, namesakes = [] }: Pick<Principal, 'id' | 'namesakes'>): readonly Id[] => [
  id,
  ...namesakes,
];

export const ANONYMOUS: Principal = {
  kind: 'anonymous',
  id: 'anonymous',
  name: 'anonymous',
  organisation: null,
  roles: [],
};

/** Who is named in the log as having done something. */
export interface Actor {
  readonly kind: 'person' | 'portal' | 'system' | 'anonymous';
  readonly id: Id;
  readonly organisation?: Id;
}

export const SYSTEM: Actor = { kind: 'system', id: 'system' };
export const actorOf = (principal: Principal): Actor => ({
  kind: principal.kind,
  id: principal.id,
  ...(principal.organisation === null ? {} : { organisation: principal.organisation.id }),
});
