import { action, command, offsetOf, pageOf, query, type Reply, replyOf, type Route } from '../../http/index.js';
import type { Identity } from '../../identity/index.js';
import { etagOf } from '../../kernel/etag.js';
import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { problems } from '../../kernel/problems/index.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Language, textIn } from '../../kernel/text.js';
import { isoOf } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Colleagues } from '../create-colleagues.js';
import { type Invitation, shownState } from '../domain/invitation.js';
import { invitationCommands } from '../domain/rights.js';
import type { Acceptance } from '../invitation-service.js';
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

/** Invitations as they are shown, their names read at once. */
async function bodiesOf(
  { people, organisations }: Names,
  { principal, language }: Reading,
  reader: Reader,
  invitations: readonly Invitation[],
): Promise<readonly object[]> {
  const each = (idsOf: (invitation: Invitation) => readonly Id[]) => [...new Set(invitations.flatMap(idsOf))];
  const concerned = await people.findMany(
    reader,
    each(({ invitedBy, person }) => (person === null ? [invitedBy] : [invitedBy, person])),
  );
  const inviting = await organisations.findMany(
    reader,
    each(({ organisation }) => [organisation]),
  );
  const names = new Map<Id, string>(concerned.map(({ id, name }) => [id, name]));
  const ofs = new Map<Id, string>(inviting.map(({ id, name }) => [id, textIn(name, language)]));
  const named = (id: Id) => ({ id, name: names.get(id) ?? '' });
  return invitations.map((invitation) => {
    const { id, organisation, name, address, role, authorisation, invitedBy, person, sends, reason } = invitation;
    return {
      id,
      organisation: { id: organisation, name: ofs.get(organisation) ?? '' },
      name,
      address,
      role,
      authorisation,
      state: shownState(invitation, reader.now),
      invitedBy: named(invitedBy),
      person: person === null ? null : named(person),
      sends,
      madeAt: isoOf(invitation.madeAt),
      expiresAt: isoOf(invitation.expiresAt),
      reason,
      allowedCommands: invitationCommands(invitation, principal.roles),
      etag: etagOf(invitation.version),
    };
  });
}
type Names = Pick<Identity, 'people' | 'organisations'>;

const bodyOf = (identity: Names, reading: Reading) => async (reader: Reader, invitation: Invitation) =>
  (await bodiesOf(identity, reading, reader, [invitation]))[0] as object;

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
      return replyOf(pageOf(await bodiesOf(identity, call, reader, items), offset.value, total));
    },
  }),
];

/** Their answers hold the link; what is kept beside a key holds the ticket, which opens nothing. */
const makeRoutes = ({ invitations, identity }: Colleagues): Route[] => {
  const made = async (call: Reading, tx: Transaction, done: Result<Invitation>): Promise<Result<Reply>> => {
    if (!done.ok) return done;
    const { ticket, version } = done.value;
    return replyOf({ ...(await bodyOf(identity, call)(tx, done.value)), invitation: ticket }, { version });
  };
  const reveal = (body: { readonly invitation: Id }) => ({ ...body, invitation: invitations.linkOf(body.invitation) });
  return [
    command<InvitationRequest>({
      ...shared,
      path: '/api/invitations',
      summary: 'Invite a colleague; the link goes to their address and is shown this once',
      body: InvitationRequest,
      response: NewInvitationBody,
      status: 201,
      handler: async (call, tx) => {
        const { name, address, role = null, authorisation = null, language = 'zh' } = call.body;
        const input = { name, address, role, authorisation, language };
        return made(call, tx, await invitations.make(tx, call.principal, input));
      },
      reveal,
    }),
    command({
      ...shared,
      path: '/api/invitations/:id/commands/send-again',
      summary: 'Send another link; the one before does not hold any more',
      response: NewInvitationBody,
      handler: async (call, tx) =>
        made(call, tx, await invitations.sendAgain(tx, call.principal, call.params['id'] ?? '')),
      reveal,
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
    handler: ({ principal, body, language }, unit) =>
      unit.read(async (reader) => {
        const found = await invitations.look(reader, body.invitation);
        if (!found.ok) return found;
        const { name, role, expiresAt } = found.value;
        const organisation = await identity.organisations.find(reader, found.value.organisation);
        const of = organisation === null ? '' : textIn(organisation.name, language);
        const anonymous = principal.kind === 'anonymous';
        const bar = anonymous ? null : await invitations.accountBar(reader, found.value, principal);
        const stopped = bar === null ? null : barBody(bar, language);
        return replyOf({ organisation: of, name, role, expiresAt: isoOf(expiresAt), stopped });
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

const barBody = ({ code }: Refusal, language: Language) => {
  const { title, remedy } = problems[code];
  return { code, title: title[language], remedy: remedy[language] };
};

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
