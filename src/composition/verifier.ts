import type { CredentialVerifier } from '../decisions/index.js';
import type { Credentials } from '../identity/index.js';
import type { Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';

/** Credentials as the access plane asks for them: at once where the exact bytes were verified before. */
export const verifierOf = (credentials: Credentials): CredentialVerifier => ({
  verify(authorization, apiKey) {
    const answer = credentials.recall(authorization, apiKey);
    return answer instanceof Promise ? answer.then(verified) : verified(answer);
  },
});

const verified = (answer: Result<Principal>) =>
  !answer.ok ? ('invalid' as const) : answer.value.kind === 'anonymous' ? null : answer.value;
