import { action, command, offsetOf, pageOf, query, type Reply, replyOf, type Route } from '../../http/index.js';
import type { Identity } from '../../identity/index.js';
import { etagOf } from '../../kernel/etag.js';
import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Language, textIn } from '../../kernel/text.js';
import { isoOf } from '../../kernel/time.js';
import type { Reader } from '../../persistence/index.js';
import type { Colleagues } from '../create-colleagues.js';
import { type Invitation, shownState } from '../domain/invitation.js';
import { invitationCommands } from '../domain/rights.js';
import type { Acceptance, Made } from '../invitation-service.js';
import type { InvitationSight } from '../invitation-store.js';
import { expectedBy } from './colleague-routes.js';
import {
  AcceptedBody,
  InvitationAcceptRequest,
  InvitationBody,
  InvitationListQuery,
  InvitationPageBody,
  InvitationRequest,
  LinkRequest,
  NewInvitationBody,
  OfferBody,
  RefusalRequest,
} from './colleague-shapes.js';

const shared = { tag: 'Colleagues', response: InvitationBody, permission: 'invitation.make' };

/** Invitations: made by an organisation, accepted by whoever holds the link, signatories confirmed by administrators. */
export const invitationRoutes = (colleagues: Colleagues): Route[] => [
  ...readRoutes(colleagues),
  ...makeRoutes(colleagues),
  revokeRoute(colleagues),
  ...linkRoutes(colleagues),
  ...decideRoutes(colleagues),
];

interface Reading {
  readonly principal: Principal;
  readonly language: Language;
}

/** Administrators see the signatories of every organisation once they accepted; everyone else their own organisation's. */
const sightOf = ({ roles, organisation }: Principal): InvitationSight =>
  roles.includes('admin') ? { signatories: true } : { organisation: organisation?.id ?? 'nobody' };

function bodyOf(identity: Names, { principal, language }: Reading) {
  const named = async (reader: Reader, id: Id) => ({ id, name: (await identity.people.find(reader, id))?.name ?? '' });
  return async (reader: Reader, invitation: Invitation) => {
    const { id, organisation, name, address, role, authorisation, invitedBy, person, sends, reason } = invitation;
    const found = await identity.organisations.find(reader, organisation);
    return {
      id,
      organisation: { id: organisation, name: found === null ? '' : textIn(found.name, language) },
      name,
      address,
      role,
      authorisation,
      state: shownState(invitation, reader.now),
      invitedBy: await named(reader, invitedBy),
      person: person === null ? null : await named(reader, person),
      sends,
      madeAt: isoOf(invitation.madeAt),
      expiresAt: isoOf(invitation.expiresAt),
      reason,
      allowedCommands: invitationCommands(invitation, principal.roles),
      etag: etagOf(invitation.version),
    };
  };
}
type Names = Pick<Identity, 'people' | 'organisations'>;

const readRoutes = ({ store, identity }: Colleagues): Route[] => [
  query<InvitationListQuery>({
    ...shared,
    path: '/api/invitations',
    permission: 'invitation.read',
    summary: 'List invitations of one’s organisation; for administrators signatories who accepted; newest first',
    query: InvitationListQuery,
    response: InvitationPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, state } = call.query;
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const { items, total } = await store.list(reader, sightOf(call.principal), state, limit, offset.value);
      const body = bodyOf(identity, call);
      const shown: object[] = [];
      for (const one of items) shown.push(await body(reader, one));
      return replyOf(pageOf(shown, offset.value, total));
    },
  }),
];

/** Not commands with an idempotency key: their answers hold a secret, and answers to keys are kept. */
const makeRoutes = ({ invitations, identity }: Colleagues): Route[] => {
  const made = async (call: Reading, reader: Reader, { invitation, text }: Made): Promise<Result<Reply>> =>
    replyOf(
      { ...(await bodyOf(identity, call)(reader, invitation)), invitation: text },
      { version: invitation.version },
    );
  return [
    action<InvitationRequest>({
      ...shared,
      path: '/api/invitations',
      summary: 'Invite a colleague; the link goes to their address and is shown this once',
      body: InvitationRequest,
      response: NewInvitationBody,
      status: 201,
      handler: (call, unit) => {
        const { name, address, role = null, authorisation = null, language = 'zh' } = call.body;
        return unit.run(async (tx) => {
          const done = await invitations.make(tx, call.principal, { name, address, role, authorisation, language });
          return done.ok ? made(call, tx, done.value) : done;
        });
      },
    }),
    action({
      ...shared,
      path: '/api/invitations/:id/commands/send-again',
      summary: 'Send another link; the one before does not hold any more',
      response: NewInvitationBody,
      handler: (call, unit) =>
        unit.run(async (tx) => {
          const done = await invitations.sendAgain(tx, call.principal, call.params['id'] ?? '');
          return done.ok ? made(call, tx, done.value) : done;
        }),
    }),
  ];
};

const revokeRoute = ({ invitations, identity }: Colleagues): Route =>
  command({
    ...shared,
    path: '/api/invitations/:id/commands/revoke',
    summary: 'Revoke an invitation: its link does not hold any more',
    ifMatch: true,
    handler: async (call, tx) => {
      const done = await invitations.revoke(tx, call.principal, call.params['id'] ?? '', expectedBy(call));
      if (!done.ok) return done;
      return replyOf(await bodyOf(identity, call)(tx, done.value), { version: done.value.version });
    },
  });

/** For whoever holds the link. Its text stands in bodies: addresses are written down on the way. */
const linkRoutes = ({ invitations, identity }: Colleagues): Route[] => [
  action<LinkRequest>({
    ...shared,
    path: '/api/invitations/look',
    permission: 'invitation.accept',
    summary: 'What a link offers',
    body: LinkRequest,
    response: OfferBody,
    handler: ({ body, language }, unit) =>
      unit.read(async (reader) => {
        const found = await invitations.look(reader, body.invitation);
        if (!found.ok) return found;
        const { name, role, expiresAt } = found.value;
        const organisation = await identity.organisations.find(reader, found.value.organisation);
        const of = organisation === null ? '' : textIn(organisation.name, language);
        return replyOf({ organisation: of, name, role, expiresAt: isoOf(expiresAt) });
      }),
  }),
  action<InvitationAcceptRequest>({
    ...shared,
    path: '/api/invitations/accept',
    permission: 'invitation.accept',
    summary: 'Accept with a new account, or with the one that is signed in',
    body: InvitationAcceptRequest,
    response: AcceptedBody,
    handler: async ({ principal, body }, unit) => {
      const by = acceptanceOf(principal, body);
      if (!by.ok) return by;
      const done = await invitations.accept(unit, body.invitation, by.value);
      return done.ok ? replyOf({ state: done.value.state }) : done;
    },
  }),
];

function acceptanceOf(principal: Principal, { username, password }: InvitationAcceptRequest): Result<Acceptance> {
  if (username !== undefined && password !== undefined) return ok({ username, password });
  if (username === undefined && password === undefined)
    return principal.kind === 'anonymous' ? err(refusal('sign-in-required')) : ok({ account: principal });
  const pointer = username === undefined ? '/username' : '/password';
  const errors = [{ pointer, code: 'required', detail: 'A new account has both.' }];
  return err(refusal('invalid-body', undefined, { errors }));
}

const decideRoutes = ({ invitations, identity }: Colleagues): Route[] => [
  command({
    ...shared,
    path: '/api/invitations/:id/commands/confirm',
    permission: 'invitation.decide',
    summary: 'Confirm a signatory whose authorisation was read: they hold the post from now on',
    ifMatch: true,
    handler: async (call, tx) => {
      const done = await invitations.confirm(tx, call.principal, call.params['id'] ?? '', expectedBy(call));
      if (!done.ok) return done;
      return replyOf(await bodyOf(identity, call)(tx, done.value), { version: done.value.version });
    },
  }),
  command<RefusalRequest>({
    ...shared,
    path: '/api/invitations/:id/commands/refuse',
    permission: 'invitation.decide',
    summary: 'Refuse a signatory: the account stays without the post',
    body: RefusalRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const { reason } = call.body;
      const done = await invitations.refuse(tx, call.principal, call.params['id'] ?? '', expectedBy(call), reason);
      if (!done.ok) return done;
      return replyOf(await bodyOf(identity, call)(tx, done.value), { version: done.value.version });
    },
  }),
];
