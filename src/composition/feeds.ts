import { agreementTable, datasetTable, recordOf } from '../catalogue/index.js';
import { type CredentialVerifier, tableFeed, type WorldFeeds } from '../decisions/index.js';
import { type Credentials, organisationTable, personTable } from '../identity/index.js';
import type { Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';

/** The rows from which the decision plane keeps its world, each proven against the log. */
export const worldFeeds = (): Omit<WorldFeeds, 'grants'> => ({
  organisations: tableFeed(organisationTable, ({ id, name, creditCode, state }) => ({
    id,
    name,
    creditCode,
    state,
    verified: true,
  })),
  people: tableFeed(personTable, ({ id, state, organisation }) => ({
    id,
    active: state === 'active',
    verified: true,
    organisations: [organisation],
  })),
  datasets: tableFeed(datasetTable, (row) => {
    const record = recordOf(row);
    return {
      id: record.id,
      publisher: record.publisher,
      identifier: record.identifier,
      tier: record.tier,
      state: record.state,
      items: record.items.map(({ name }) => name),
      distributions: record.distributions.map(({ id, tier, kind }) => ({ id, tier, kind })),
      deliveries: record.deliveryKinds,
      agreementTemplate: record.agreementTemplate,
    };
  }),
  agreements: tableFeed(agreementTable, ({ template, number }) => ({ template, version: number })),
});

/** Credentials as the access plane asks for them: at once where the exact bytes were verified before. */
export const verifierOf = (credentials: Credentials): CredentialVerifier => ({
  verify(authorization, apiKey) {
    const answer = credentials.recall(authorization, apiKey);
    return answer instanceof Promise ? answer.then(verified) : verified(answer);
  },
});

const verified = (answer: Result<Principal>) =>
  !answer.ok ? ('invalid' as const) : answer.value.kind === 'anonymous' ? null : answer.value;
