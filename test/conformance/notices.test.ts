import { expect } from 'chai';
import type { Id } from '../../src/kernel/ids.js';
import type { Principal } from '../../src/kernel/principal.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { refusal } from '../../src/kernel/refusal.js';
import { err, ok } from '../../src/kernel/result.js';
import { entries, LogJournal } from '../../src/log/index.js';
import type { Notice } from '../../src/notices/domain/notice.js';
import type { NoticeTable } from '../../src/notices/domain/template.js';
import { noticeLetter } from '../../src/notices/notice-letter.js';
import type { NoticeSight, NoticeSurroundings } from '../../src/notices/notice-ports.js';
import { NoticeQueries } from '../../src/notices/notice-queries.js';
import { NoticeService } from '../../src/notices/notice-service.js';
import type { NoticeFilter, NoticeStore } from '../../src/notices/notice-store.js';
import { loadNoticeTable } from '../../src/notices/policy-files.js';
import { DatabaseNoticeStore } from '../../src/notices/store/database-notice-store.js';
import { DatabaseTemplateStore } from '../../src/notices/store/database-template-store.js';
import { type RecordedEntry, Reactions, type Transaction, UnitOfWork } from '../../src/persistence/index.js';
import { letterOf } from '../../src/sheets/index.js';
import { eachBackend } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const idOf = (letter: string, number: number): Id =>
  `01JBBBBBBBBBBBBBBBBBBBB${letter}${String(number).padStart(2, '0')}`;
const [ROADS, HEALTH, AUTHORITY] = [idOf('H', 1), idOf('H', 2), idOf('A', 1)];
const FIRM = idOf('F', 1);

/** Cases with an even number lie with one holder, odd ones with another. */
const holderOf = (id: Id): Id => (Number(id.slice(-1)) % 2 === 0 ? ROADS : HEALTH);
const surroundings: NoticeSurroundings = {
  application: async (_reader, id) =>
    ({
      id,
      number: `TG-2026-${id.slice(-2)}`,
      submittedAt: Date.parse('2026-11-02T02:00:00Z'),
      applicant: FIRM,
      holder: holderOf(id),
      request: { purpose: { category: 'research' }, datasets: [{ dataset: 'D', items: ['line', 'hour'] }] },
      deadlines: [],
    }) as never,
  grant: async () => null,
  grantsOf: async () => [],
  violation: async () => null,
  sanction: async () => null,
  organisation: async (_reader, id) => ({
    name: { zh: `机构${id.slice(-3)}`, en: `Body ${id.slice(-3)}` },
    creditCode: id === HEALTH ? '11999900MB0000001X' : '11999900MB0000002X',
  }),
  datasetTitle: async () => ({ zh: '公交客流', en: 'Bus passengers' }),
  authority: async () => AUTHORITY,
  violationKind: () => ({ zh: '违规', en: 'violation' }),
  refusalReason: () => null,
};
const sight: NoticeSight = {
  sees: async (_reader, { roles }) => roles.includes('auditor'),
  heldAgainst: () => true,
  all: () => ['application'],
};
const AUDITOR: Principal = { kind: 'person', id: idOf('P', 1), name: 'A', organisation: null, roles: ['auditor'] };

/** A counter that a roll-back does not reach, like a sequence of a database: what numbers must not be taken from. */
class SequenceStore extends DatabaseNoticeStore {
  private readonly given = new Map<string, number>();
  override async take(_tx: Transaction, wanted: Parameters<NoticeStore['take']>[1]) {
    return new Map(
      wanted.map(({ issuer, year, count }) => {
        const id = `${issuer}-${year}`;
        const first = (this.given.get(id) ?? 0) + 1;
        this.given.set(id, first + count - 1);
        return [id, first] as const;
      }),
    );
  }
}

/** Numbers, and what they are given to, on each database. */
describe('notices in a database', function () {
  this.timeout(120_000);

  eachBackend((backend) => {
    const table = loadNoticeTable(inProject('policies'));
    let test: TestUnit;
    const store = new DatabaseNoticeStore();
    const templates = new DatabaseTemplateStore();
    const queries = new NoticeQueries({ store, templates, surroundings, sight });
    const serviceOf = (of: NoticeTable = table, numbers: NoticeStore = store) =>
      new NoticeService({ table: of, store: numbers, templates, ids: test.ids, surroundings });
    const issuing = (reactions: Reactions, service = serviceOf()) =>
      reactions.atLast(service.events, (tx, told) => service.issue(tx, told));

    beforeEach(async () => {
      test = await openUnit(backend);
    });
    afterEach(() => test.close());

    const another = (reactions: Reactions) =>
      new UnitOfWork(test.database, new LogJournal(() => Promise.resolve()), reactions, test.clock);
    const withdraws = (tx: Transaction, number: number): void =>
      tx.append({
        event: 'application.withdrawn',
        subject: { kind: 'application', id: idOf('C', number) },
        actor: SYSTEM,
        data: { reason: `no ${number}` },
      });
    const happens = (unit: UnitOfWork, ...numbers: number[]) =>
      unit.run(async (tx) => {
        for (const number of numbers) withdraws(tx, number);
        return ok(null);
      });
    const kept = async (filter: Partial<NoticeFilter> = {}): Promise<readonly Notice[]> =>
      (await test.unit.read((reader) => store.list(reader, { about: [], ...filter }, 500, null))).items;
    const serials = async (issuer: Id): Promise<number[]> =>
      (await kept())
        .filter((one) => one.issuer === issuer)
        .map(({ serial }) => serial)
        .sort((a, b) => a - b);
    const counted = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
    const logged = async (): Promise<readonly RecordedEntry[]> =>
      (await test.unit.read((reader) => entries(reader, { after: 0, limit: 2000 }))).filter(
        ({ event }) => event === 'notice.issued',
      ) as never;

    it('are there with the act and not without it', async () => {
      issuing(test.reactions);
      expect((await happens(test.unit, 2)).ok).to.equal(true);
      let refuses = true;
      test.reactions.on('notice.issued', async () => (refuses ? err(refusal('forbidden')) : ok(undefined)));
      expect((await happens(test.unit, 4)).ok).to.equal(false);
      refuses = false;
      expect((await happens(test.unit, 6)).ok).to.equal(true);
      expect((await kept()).map(({ about, serial }) => [about.id, serial])).to.deep.equal([
        [idOf('C', 6), 2],
        [idOf('C', 2), 1],
      ]);
      const [, first] = await kept();
      expect(first).to.deep.include({
        kind: 'withdrawal',
        number: '公数开（MB0000002）〔2026〕第 1 号',
        issuer: ROADS,
        addressee: FIRM,
        cause: 'application.withdrawn',
        issuedAt: test.clock.at,
      });
    });

    it('are named by the log with their number and hash, one entry each', async () => {
      issuing(test.reactions);
      await happens(test.unit, 2, 3, 4);
      const told = await logged();
      const notices = (await kept()).toReversed();
      expect(told.map(({ data }) => [data['number'], data['hash'], data['issuer']])).to.deep.equal(
        notices.map(({ number, hash, issuer }) => [number, hash, issuer]),
      );
      expect(told.map(({ rows }) => rows.map(({ id }) => id))).to.deep.equal(notices.map(({ id }) => [id]));
      expect(JSON.stringify(told), 'what people wrote stays out of it').to.not.include('no 2');
    });

    /** Thirty commands of two instances at once: some refused after their number was taken, some failing, some about both holders. */
    const storm = async (numbers: NoticeStore = store): Promise<number> => {
      const units = [1, 2].map(() => {
        const reactions = new Reactions();
        issuing(reactions, serviceOf(table, numbers));
        reactions.on('notice.issued', async (tx) => {
          const first = tx.entries[0]?.data['reason'] as string;
          const number = Number(first.slice(3));
          if (number % 5 === 1) return err(refusal('forbidden'));
          if (number % 5 === 3) throw new Error('the machinery failed');
          return ok(undefined);
        });
        return another(reactions);
      });
      const acts = counted(30).map((number) =>
        happens(units[number % 2] as UnitOfWork, number, ...(number % 3 === 0 ? [number + 1] : [])).then(
          ({ ok: done }) => done,
          () => false,
        ),
      );
      return (await Promise.all(acts)).filter(Boolean).length;
    };

    it('are numbered without gaps and doubles, whatever happens at the same time or is taken back', async () => {
      expect(await storm()).to.be.within(10, 20);
      for (const issuer of [ROADS, HEALTH]) {
        const given = await serials(issuer);
        expect(given.length).to.be.above(4);
        expect(given).to.deep.equal(counted(given.length));
      }
      expect(await logged()).to.have.length((await kept()).length);
    });

    it('would have gaps if a roll-back did not give numbers back', async () => {
      await storm(new SequenceStore());
      const both = [...(await serials(ROADS)), ...(await serials(HEALTH))];
      const [roads, health] = [(await serials(ROADS)).length, (await serials(HEALTH)).length];
      expect(both).to.not.deep.equal([...counted(roads), ...counted(health)]);
    });

    it('begin anew with the year of Shanghai, for each body apart', async () => {
      issuing(test.reactions);
      await happens(test.unit, 2, 3);
      test.clock.at = Date.parse('2026-12-31T15:59:59.999Z');
      await happens(test.unit, 4);
      test.clock.at = Date.parse('2026-12-31T16:00:00Z');
      await happens(test.unit, 6);
      const numbers = (await kept()).map(({ issuer, number }) => `${issuer === ROADS ? 'roads' : 'health'} ${number}`);
      expect(numbers).to.deep.equal([
        'roads 公数开（MB0000002）〔2027〕第 1 号',
        'roads 公数开（MB0000002）〔2026〕第 2 号',
        'health 公数开（MB0000001）〔2026〕第 1 号',
        'roads 公数开（MB0000002）〔2026〕第 1 号',
      ]);
    });

    it('take their numbers after everything that follows from the act, so that rows are locked in one order', async () => {
      const follows = (reactions: Reactions): void =>
        reactions.on('application.withdrawn', async (tx, told) => {
          tx.append({ event: 'grant.created', subject: { kind: 'grant', id: FIRM }, actor: SYSTEM, data: {} });
          return told.length > 0 ? ok(undefined) : err(refusal('forbidden'));
        });
      const locks = (reactions: Reactions): void =>
        reactions.on('grant.created', async (tx) => {
          await tx.lock('grant', [FIRM]);
          return ok(undefined);
        });
      const good = new Reactions();
      issuing(good);
      follows(good);
      locks(good);
      expect((await happens(another(good), 2)).ok).to.equal(true);
      // The same with the numbers taken as the act comes by: the next round locks after them.
      const bad = new Reactions();
      const service = serviceOf();
      bad.on(service.events, (tx, told) => service.issue(tx, told));
      follows(bad);
      locks(bad);
      const failed = await happens(another(bad), 4).catch((error: Error) => error.message);
      expect(failed).to.match(/lock order: grant/);
      expect(await serials(ROADS)).to.deep.equal([1]);
    });

    const filesOf = async (id: Id): Promise<{ json: string; pdf: Buffer }> => {
      const found = await test.unit.read((reader) => queries.file(reader, AUDITOR, id));
      if (!found.ok) throw new Error(found.error.code);
      const pieces: Uint8Array[] = [];
      for await (const piece of letterOf(noticeLetter(found.value.file, found.value.template))) pieces.push(piece);
      return { json: JSON.stringify(found.value.file), pdf: Buffer.concat(pieces) };
    };

    it('give the same bytes for ever, also after their text got a new version', async () => {
      issuing(test.reactions);
      await happens(test.unit, 2);
      const [old] = await kept();
      const before = await filesOf(old?.id ?? '');
      expect(before.json).to.include('终止办理通知书').and.include('no 2');

      const { zh, en } = table.notices['withdrawal'] as NoticeTable['notices'][string];
      const changed = { version: 3, zh: { ...zh, title: '撤回告知书' }, en: { ...en, title: 'Withdrawn' } };
      const next = {
        ...table,
        notices: { ...table.notices, withdrawal: { ...table.notices['withdrawal'], ...changed } },
      };
      const later = serviceOf(next as NoticeTable);
      await later.begin(test.unit);
      const reactions = new Reactions();
      issuing(reactions, later);
      await happens(another(reactions), 4);
      const [young] = await kept();
      expect((await filesOf(young?.id ?? '')).json)
        .to.include('撤回告知书')
        .and.include('"version":3');

      const after = await filesOf(old?.id ?? '');
      expect(after.json).to.equal(before.json);
      expect(after.pdf.equals(before.pdf)).to.equal(true);
    });

    it('stop the start where a text was changed under a version that is in use, and only there', async () => {
      issuing(test.reactions);
      const { zh } = table.notices['withdrawal'] as NoticeTable['notices'][string];
      const edited = (more: object): NoticeTable => ({
        ...table,
        notices: {
          ...table.notices,
          withdrawal: { ...table.notices['withdrawal'], zh: { ...zh, title: '别的' }, ...more } as never,
        },
      });
      await serviceOf(edited({})).begin(test.unit);
      await happens(test.unit, 2);
      await serviceOf().begin(test.unit);
      const failed = await serviceOf(edited({}))
        .begin(test.unit)
        .catch((error: Error) => error.message);
      expect(failed).to.match(/withdrawal 2; give the changed text, or the frame, a new version/);
      await serviceOf(edited({ version: 3 })).begin(test.unit);
      await serviceOf({ ...edited({}), frame: { ...table.frame, version: 2 } }).begin(test.unit);
    });

    it('keep each text once, whoever uses it first', async () => {
      const units = [1, 2].map(() => {
        const reactions = new Reactions();
        issuing(reactions);
        return another(reactions);
      });
      await Promise.all(counted(8).map((number) => happens(units[number % 2] as UnitOfWork, number)));
      expect(await kept()).to.have.length(8);
      expect(await test.unit.read((reader) => templates.versions(reader))).to.have.length(1);
    });

    it('are found by their page, their addressee, their kind, in pages; and by what was told of the same act', async () => {
      issuing(test.reactions);
      for (const number of [2, 3, 4]) await happens(test.unit, number);
      const of = (id: Id) => ({ about: [{ kind: 'application' as const, id }] });
      expect(await kept(of(idOf('C', 3)))).to.have.length(1);
      expect(await kept(of(idOf('C', 9)))).to.have.length(0);
      expect(await kept({ about: [...of(idOf('C', 3)).about, { kind: 'violation', id: idOf('C', 3) }] })).to.deep.equal(
        [],
      );
      expect(await kept({ addressee: FIRM })).to.have.length(3);
      expect(await kept({ addressee: ROADS })).to.have.length(0);
      expect(await kept({ kind: 'refusal' })).to.have.length(0);
      expect(
        await kept({ grant: { id: FIRM, application: idOf('C', 3), violations: true } }),
        'only its conclusion',
      ).to.have.length(0);
      expect(await kept({ seenBy: { organisation: FIRM, all: [] } })).to.have.length(3);
      expect(await kept({ seenBy: { organisation: ROADS, all: ['grant'] } })).to.have.length(0);
      expect(await kept({ seenBy: { organisation: null, all: ['application'] } })).to.have.length(3);
      const [, second, third] = await kept();
      const page = await test.unit.read((reader) => store.list(reader, { about: [] }, 1, second?.id ?? ''));
      expect([page.items[0]?.id, page.total]).to.deep.equal([third?.id, 3]);
      const told = { cause: 'application.withdrawn', about: idOf('C', 3), at: test.clock.at };
      const links = await test.unit.read((reader) =>
        queries.linksOf(reader, [told, { ...told, at: told.at + 1 }, { ...told, cause: 'application.closed' }]),
      );
      expect(links).to.deep.equal([
        { id: second?.id, number: second?.number, href: `/api/notices/${second?.id}/notice.pdf` },
        null,
        null,
      ]);
    });

    it('are known by number and hash together, however the number is typed', async () => {
      issuing(test.reactions);
      await happens(test.unit, 2, 4);
      const [second, first] = (await kept()) as [Notice, Notice];
      const known = (number: string, hash: string) => test.unit.read((reader) => queries.isKnown(reader, number, hash));
      expect(await known(first.number, first.hash)).to.equal(true);
      expect(await known('公数开(mb0000002)〔２０２６〕第1号', first.hash.toUpperCase())).to.equal(true);
      expect(await known(second.number, first.hash)).to.equal(false);
      expect(await known(first.number, 'f'.repeat(64))).to.equal(false);
    });
  });
});
