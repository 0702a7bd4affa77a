import { action, type Call, command, query, type Reply, replyOf, type Route } from '../../http/index.js';
import { type FieldFault, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { textIn } from '../../kernel/text.js';
import { actorOf, machineSubject } from '../../kernel/principal.js';
import { passwordFault } from '../domain/person.js';
import type { Identity } from '../identity.js';
import type { IssuedTokens } from '../session-service.js';
import { InvitationAcceptance, PasswordChangeRequest, TokenRequest } from './identity-requests.js';
import { KeySetBody, MeBody, TokenBody } from './identity-responses.js';
import { RefreshCookie } from './refresh-cookie.js';

const TAG = 'Sign-in';

/** Sign-in, sign-out, one's own account, and the public keys. */
export const sessionRoutes = (identity: Identity): Route[] => [
  ...tokenRoutes(identity),
  ...ownAccountRoutes(identity),
  ...keyRoutes(identity),
];

function tokenRoutes(identity: Identity): Route[] {
  const cookie = new RefreshCookie(identity.secureCookies);
  return [
    action<TokenRequest>({
      path: '/api/auth/token',
      permission: 'session.start',
      summary: 'Sign in, refresh, or get a token for a machine',
      tag: TAG,
      body: TokenRequest,
      response: TokenBody,
      handler: async (call) => {
        const issued = await issue(identity, call, cookie);
        return issued.ok ? tokenReply(issued.value, call, cookie) : issued;
      },
    }),
    command({
      path: '/api/auth/sign-out',
      permission: 'session.end',
      summary: 'End the session of the access token, or of the console’s cookie',
      tag: TAG,
      status: 204,
      handler: async (call, tx) => {
        const held = cookie.read(call.headers);
        if (call.principal.session !== undefined) {
          await identity.sessions.endOne(tx, call.principal.session, actorOf(call.principal));
        } else if (held !== null) await identity.sessions.endByRefreshToken(tx, held);
        return replyOf(undefined, { headers: { 'set-cookie': cookie.clear() } });
      },
    }),
  ];
}

function ownAccountRoutes(identity: Identity): Route[] {
  return [
    query({
      path: '/api/me',
      permission: 'me.read',
      summary: 'Who I am and what I may do',
      tag: TAG,
      response: MeBody,
      handler: async ({ principal, language }, reader) => {
        const { id, name, roles, organisation, memberOf } = principal;
        const at = organisation?.id ?? memberOf;
        const own = at === undefined ? null : await identity.organisations.find(reader, at);
        const shown =
          own === null || own.kind === 'person'
            ? null
            : { id: own.id, name: textIn(own.name, language), creditCode: own.creditCode ?? '', kind: own.kind };
        return replyOf({
          subject: { id, name },
          organisation: shown,
          roles,
          permissions: identity.permissionsOf(principal),
          ...(principal.kind === 'machine' && { asksAs: machineSubject(principal) }),
        });
      },
    }),
    action<PasswordChangeRequest>({
      path: '/api/me/password',
      permission: 'me.change-password',
      summary: 'Change my password; my other sessions end',
      tag: TAG,
      body: PasswordChangeRequest,
      status: 204,
      handler: async ({ principal, body }, unit) => {
        const person = await unit.read((reader) => identity.people.find(reader, principal.id));
        if (principal.kind !== 'person' || person === null)
          return err(refusal('forbidden', 'Only people have passwords.'));
        const fault = passwordFault(body.newPassword, person.username, '/newPassword');
        if (fault !== null) return err(fault);
        return emptied(
          await identity.signIn.changePassword(person, body.password, body.newPassword, principal.session),
        );
      },
    }),
  ];
}

function keyRoutes(identity: Identity): Route[] {
  return [
    action<InvitationAcceptance>({
      path: '/api/auth/invitations',
      permission: 'invitation.accept',
      summary: 'Choose a password with an invitation',
      tag: TAG,
      body: InvitationAcceptance,
      status: 204,
      handler: async ({ body }) => emptied(await identity.invitations.acceptInvitation(body.invitation, body.password)),
    }),
    query({
      path: '/.well-known/jwks.json',
      permission: 'key.read',
      summary: 'Public keys that verify our tokens (RFC 7517)',
      tag: TAG,
      response: KeySetBody,
      handler: async () =>
        replyOf({ keys: identity.keys.publicKeys() }, { headers: { 'cache-control': 'public, max-age=300' } }),
    }),
  ];
}

function issue(identity: Identity, call: Call<TokenRequest>, cookie: RefreshCookie): Promise<Result<IssuedTokens>> {
  const { grantType, username, password, clientId, clientSecret, refreshToken } = call.body;
  switch (grantType) {
    case 'password':
      if (username === undefined || password === undefined) return missing({ username, password });
      return identity.signIn.byPassword(username, password, cookie.isConsole(call.headers) ? 'browser' : 'api');
    case 'client_credentials':
      if (clientId === undefined || clientSecret === undefined) return missing({ clientId, clientSecret });
      return identity.signIn.byClientSecret(clientId, clientSecret);
    case 'refresh_token': {
      const token = refreshToken ?? cookie.read(call.headers);
      return token === null ? Promise.resolve(err(refusal('sign-in-required'))) : identity.sessions.refresh(token);
    }
    default:
      return grantType satisfies never;
  }
}

function missing(needed: Readonly<Record<string, string | undefined>>): Promise<Result<never>> {
  const names = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const errors = names.map(
    (name): FieldFault => ({ pointer: `/${name}`, code: 'required', detail: 'This grant type needs it.' }),
  );
  return Promise.resolve(err(refusal('invalid-body', undefined, { errors })));
}

/** To the console the refresh token goes as a cookie that no script can read, and not in the body. */
function tokenReply(issued: IssuedTokens, call: Call<TokenRequest>, cookie: RefreshCookie): Result<Reply> {
  const { accessToken, expiresIn, refreshToken } = issued;
  const body = { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn };
  if (refreshToken === undefined) return replyOf(body);
  if (!cookie.isConsole(call.headers)) return replyOf({ ...body, refresh_token: refreshToken });
  return replyOf(body, { headers: { 'set-cookie': cookie.write(refreshToken) } });
}

const emptied = (outcome: Result<void>): Result<Reply> => (outcome.ok ? ok({}) : outcome);
