import { expect } from 'chai';
import { ColleagueService } from '../../src/colleagues/colleague-service.js';
import { ADDRESS_KEPT, type Invitation } from '../../src/colleagues/domain/invitation.js';
import { InvitationService, type NewInvitation } from '../../src/colleagues/invitation-service.js';
import { DatabaseInvitationStore } from '../../src/colleagues/store/database-invitation-store.js';
import { invitationTable } from '../../src/colleagues/store/invitation-row.js';
import { TicketKeys } from '../../src/colleagues/ticket-keys.js';
import { ticketParts, ticketText } from '../../src/colleagues/domain/ticket.js';
import { type Identity, identityTables, secretHash } from '../../src/identity/index.js';
import type { Principal } from '../../src/kernel/principal.js';
import { ok, type Result } from '../../src/kernel/result.js';
import { entries, verifyLog } from '../../src/log/index.js';
import type { Transaction } from '../../src/persistence/index.js';
import { eachBackend } from '../support/databases.js';
import { CENTRE, ENTERPRISE, IdentityPlatform, idOf, PEOPLE } from '../support/identity/platform.js';

const PASSWORD = 'window seven hills';
const NEW: NewInvitation = { name: '李敏', address: 'li@example.org', language: 'zh', role: null, authorisation: null };

describe('conformance: colleagues', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: IdentityPlatform;
    let identity: Identity;
    before(async () => {
      platform = await IdentityPlatform.open(backend);
      ({ identity } = platform);
    });
    after(() => platform.close());

    const keys = new TicketKeys('a secret of the installation');
    const serviceOn = (store = new DatabaseInvitationStore()) =>
      new InvitationService({ ids: platform.base.ids, identity, store, keys });
    const principal = (username: keyof typeof PEOPLE, more: Partial<Principal> = {}): Principal => ({
      kind: 'person',
      id: PEOPLE[username],
      name: username,
      organisation: { id: ENTERPRISE, name: '示例企业', creditCode: '', kind: 'enterprise' },
      roles: username === 'signatory' ? ['signatory'] : ['handler'],
      ...more,
    });
    const RIVAL = { organisation: { id: CENTRE, name: '', creditCode: '', kind: 'enterprise' } } as const;
    const run = <T>(work: (tx: Transaction) => Promise<Result<T>>) => platform.base.unit.run(work);
    const sound = <T>(result: Result<T>): T => {
      if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
      return result.value;
    };
    const codeOf = <T>(result: Result<T>): string => (result.ok ? 'ok' : result.error.code);
    const linked = (done: Result<Invitation>) => {
      const invitation = sound(done);
      return { invitation, text: serviceOn().linkOf(invitation.ticket as string) };
    };
    const invite = async (more: Partial<NewInvitation> = {}, service = serviceOn()) =>
      linked(await run((tx) => service.make(tx, principal('signatory'), { ...NEW, ...more })));
    const accept = (text: string, username: string, service = serviceOn()) =>
      service.accept(platform.base.unit, text, { username, password: PASSWORD });
    const faults = async () =>
      (await platform.base.unit.read((reader) => verifyLog(reader, [...identityTables, invitationTable]))).faults;

    it('keeps an invitation as it was made, finds it by its ticket, and lists it for whom it is', async () => {
      const store = new DatabaseInvitationStore();
      const { invitation, text } = await invite({ role: 'signatory', authorisation: 'By the board.' });
      await platform.base.unit.read(async (reader) => {
        expect(await store.find(reader, invitation.id)).to.deep.equal(invitation);
        expect(await store.byTicket(reader, ticketParts(text)?.ticket ?? '')).to.deep.equal(invitation);
        expect(await store.byTicket(reader, idOf(1))).to.equal(null);
        const own = await store.list(reader, { organisation: ENTERPRISE }, undefined, 10, 0);
        expect(own.items.map(({ id }) => id)).to.include(invitation.id);
        expect((await store.list(reader, { organisation: CENTRE }, undefined, 10, 0)).total).to.equal(0);
        expect((await store.list(reader, { signatories: true }, undefined, 10, 0)).total, 'still open').to.equal(0);
        const { sentAt } = invitation;
        expect(await store.sentSince(reader, ENTERPRISE, sentAt - 1)).to.have.length(own.total);
        expect(await store.sentSince(reader, ENTERPRISE, sentAt)).to.deep.equal([]);
        expect(await store.endedBefore(reader, invitation.expiresAt, 10)).to.include(invitation.id);
        expect(await store.endedBefore(reader, invitation.expiresAt - 1, 10)).to.deep.equal([]);
      });
      sound(await accept(text, 'signs.soon'));
      const seen = await platform.base.unit.read((reader) =>
        store.list(reader, { signatories: true }, 'awaiting', 10, 0),
      );
      expect(seen.items.map(({ id, ticket }) => [id, ticket])).to.deep.equal([[invitation.id, null]]);
    });

    it('lets one of two in who hold the same link at once', async () => {
      const { text } = await invite();
      const outcomes = await Promise.all([accept(text, 'first.one'), accept(text, 'second.one')]);
      expect(outcomes.map(codeOf).sort()).to.deep.equal(['invitation-ended', 'ok']);
      expect(await faults()).to.deep.equal([]);
    });

    it('is single use because it is closed: one that stays open lets in a second person', async () => {
      class Forgetful extends DatabaseInvitationStore {
        override update = async (tx: Transaction, row: Invitation): Promise<Invitation> => {
          const before = await this.find(tx, row.id);
          return invitationTable.update(tx, { ...(before as Invitation) }).then(() => row);
        };
      }
      const service = serviceOn(new Forgetful());
      const { text } = await invite({}, service);
      const outcomes = [await accept(text, 'third.one', service), await accept(text, 'fourth.one', service)];
      expect(outcomes.map(codeOf)).to.deep.equal(['ok', 'ok']);
      const closed = await invite();
      expect(
        [await accept(closed.text, 'fifth.one'), await accept(closed.text, 'sixth.one')].map(codeOf),
      ).to.deep.equal(['ok', 'invitation-ended']);
    });

    it('opens to the secret and not to its hash: unless the hash is what lies there', async () => {
      const { text, invitation } = await invite();
      const { ticket } = ticketParts(text) as { ticket: string };
      // As long as a secret: what somebody could make of the row.
      const fromRow = ticketText({ ticket, secret: (invitation.hash as string).slice(0, 43) });
      expect(codeOf(await accept(fromRow, 'thief.one'))).to.equal('invitation-ended');
      class Plain extends DatabaseInvitationStore {
        override async byTicket(...of: Parameters<DatabaseInvitationStore['byTicket']>): Promise<Invitation | null> {
          const found = await super.byTicket(...of);
          return found && { ...found, hash: secretHash((found.hash as string).slice(0, 43)) };
        }
      }
      expect(codeOf(await accept(fromRow, 'thief.one', serviceOn(new Plain())))).to.equal('ok');
    });

    it('is looked after by its own organisation: unless rows say that it is every one’s', async () => {
      const { invitation } = await invite();
      const rival = principal('signatory', RIVAL);
      const revoke = (service: InvitationService) =>
        run((tx) => service.revoke(tx, rival, invitation.id, () => ok(undefined)));
      expect(codeOf(await revoke(serviceOn()))).to.equal('not-found');
      class Everyones extends DatabaseInvitationStore {
        override find = async (...of: Parameters<DatabaseInvitationStore['find']>): Promise<Invitation | null> => {
          const found = await new DatabaseInvitationStore().find(...of);
          return found && { ...found, organisation: CENTRE };
        };
      }
      expect(codeOf(await revoke(serviceOn(new Everyones())))).to.equal('ok');
    });

    it('forgets where it went a week after its end, once; and bounds the letters of a day, not those before', async () => {
      const { invitation } = await invite();
      const { unit } = platform.base;
      const service = serviceOn();
      const ends = invitation.expiresAt + ADDRESS_KEPT;
      platform.base.clock.at = ends - 1;
      await service.letTimeAct(unit);
      const stored = () => unit.read((reader) => new DatabaseInvitationStore().find(reader, invitation.id));
      expect(await stored()).to.deep.equal(invitation);
      const again = linked(await run((tx) => service.sendAgain(tx, principal('signatory'), invitation.id)));
      expect([again.invitation.sends, again.invitation.letters]).to.deep.equal([2, [ends - 1]]);
      platform.base.clock.at = again.invitation.expiresAt + ADDRESS_KEPT;
      const log = () =>
        unit.read((reader) =>
          entries(reader, { subject: { kind: 'invitation', id: invitation.id }, after: 0, limit: 99 }),
        );
      const before = await log();
      await Promise.all([service.letTimeAct(unit), serviceOn().letTimeAct(unit)]);
      expect(await stored()).to.include({ state: 'expired', address: null, ticket: null, hash: null });
      const after = await log();
      expect(after.slice(before.length).map(({ event }) => event)).to.deep.equal(['invitation.expired']);
      expect(JSON.stringify(after)).to.not.include(NEW.address);
      expect(await faults()).to.deep.equal([]);
    });

    it('passes a post to its deputy when its holder leaves, and ends it where nobody is left who can act', async () => {
      const { text } = await invite({ role: 'handler' });
      const second = sound(await accept(text, `handles.${backend.dialect}`)).person as string;
      const own = () => platform.base.unit.read((reader) => identity.posts.ofPerson(reader, PEOPLE.handler));
      const [post] = await own();
      const actor = { kind: 'person', id: PEOPLE.admin } as const;
      sound(
        await run((tx) => identity.posts.handOver(tx, actor, post?.id ?? '', () => ok(undefined), { deputy: second })),
      );
      const service = new ColleagueService({ identity });
      const remove = (who: string) =>
        run((tx) => service.remove(tx, principal('signatory'), who, () => ok(undefined), 'Left.'));
      const kept = linked(await run((tx) => serviceOn().make(tx, principal('handler'), NEW)));
      sound(await remove(PEOPLE.handler));
      expect(codeOf(await accept(kept.text, `back.${backend.dialect}`)), 'by a link they kept').to.equal(
        'invitation-ended',
      );
      const again = linked(await run((tx) => serviceOn().sendAgain(tx, principal('signatory'), kept.invitation.id)));
      expect(await own()).to.deep.equal([]);
      const posts = await platform.base.unit.read((reader) => identity.posts.ofPerson(reader, second));
      expect(posts.map(({ role, holder, deputy }) => [role, holder, deputy])).to.deep.equal([
        ['handler', second, null],
        ['handler', second, null],
      ]);
      const third = sound(await accept(again.text, `third.${backend.dialect}`)).person as string;
      const [first] = posts;
      sound(
        await run((tx) => identity.posts.handOver(tx, actor, first?.id ?? '', () => ok(undefined), { deputy: third })),
      );
      sound(await run((tx) => identity.invitations.switchOff(tx, actor, third, () => ok(undefined), 'Away.')));
      sound(await remove(second));
      expect(await platform.base.unit.read((reader) => identity.posts.ofPerson(reader, second))).to.deep.equal([]);
      expect(await faults()).to.deep.equal([]);
    });

    it('leaves a signatory when two let each other go at once: unless nobody counts', async () => {
      const { text } = await invite({ role: 'signatory', authorisation: 'By the board.' });
      const waits = sound(await accept(text, `signs.${backend.dialect}`));
      const by = { kind: 'person', id: PEOPLE.admin, name: 'admin', organisation: null, roles: ['admin'] } as const;
      sound(await run((tx) => serviceOn().confirm(tx, by, waits.id, () => ok(undefined))));
      const second = waits.person as string;
      const letGo = (service: ColleagueService, who: string) =>
        run((tx) => service.remove(tx, principal('signatory'), who, () => ok(undefined), 'Left.'));
      const service = new ColleagueService({ identity });
      const outcomes = await Promise.all([letGo(service, second), letGo(service, PEOPLE.signatory)]);
      expect(outcomes.map(codeOf).sort()).to.deep.equal(['last-signatory', 'ok']);
      const left = codeOf(outcomes[0] as Result<unknown>) === 'ok' ? PEOPLE.signatory : second;
      const signs = async () => {
        const [seats] = await platform.base.unit.read((reader) => identity.posts.seats(reader, [ENTERPRISE]));
        return (seats?.roles.get('signatory') ?? []).map(({ person }) => person);
      };
      expect(await signs()).to.deep.equal([left]);
      const careless = Object.assign(Object.create(identity.posts), { remains: () => Promise.resolve(true) });
      const unguarded = new ColleagueService({ identity: { ...identity, posts: careless } });
      expect(codeOf(await letGo(unguarded, left))).to.equal('ok');
      expect(await signs()).to.deep.equal([]);
      expect(await faults()).to.deep.equal([]);
    });
  });
});
