import type { CredentialVerifier, PermitSigner } from '../decisions/index.js';
import type { Credentials, Identity } from '../identity/index.js';
import type { Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';

/** Credentials as the access plane asks for them: at once where the exact bytes were verified before. */
export const verifierOf = (credentials: Credentials): CredentialVerifier => ({
  verify(authorization, apiKey) {
    const answer = credentials.recall(authorization, apiKey);
    return answer instanceof Promise ? answer.then(verified) : verified(answer);
  },
});

/** Permits are tokens of a kind of their own, signed with the keys that are published. */
export const permitSignerOf = (tokens: Identity['tokens'], issuer: string): PermitSigner => ({
  sign({ audience, subject, evaluationId, issuedAt, lifetimeSeconds, claims }) {
    const profile = { typ: 'permit+jwt', issuer, audience, maxLifetimeSeconds: lifetimeSeconds };
    return tokens.sign(profile, { sub: subject, jti: evaluationId, issuedAt, lifetimeSeconds, claims }).token;
  },
});

const verified = (answer: Result<Principal>) =>
  !answer.ok ? ('invalid' as const) : answer.value.kind === 'anonymous' ? null : answer.value;
