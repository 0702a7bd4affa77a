import type { Text } from '../../kernel/text.js';

/** What the decision plane knows of an organisation. */
export interface OrganisationFacts {
  readonly id: string;
  readonly name: Text;
  readonly creditCode: string | null;
  readonly state: 'active' | 'suspended';
  readonly verified: boolean;
  /** A public body, which alone may have data by sharing; not known is no. */
  readonly body?: boolean;
  readonly intact: boolean;
}

export interface PersonFacts {
  readonly id: string;
  readonly active: boolean;
  readonly verified: boolean;
  readonly organisations: readonly string[];
  readonly intact: boolean;
  /** `issuer` and `sub` of a federated identity, where there is one. */
  readonly federated?: { readonly issuer: string; readonly subject: string };
}
