import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { type Chapter, readChapters } from '../../scripts/pages/capability-claims.js';
import { letTimeAct } from '../../src/composition/housekeeping.js';
import { dayOf } from '../../src/kernel/time.js';
import { type Backend, backends, isAvailable } from './databases.js';
import { seededPlace } from './desk.js';
import { projectRoot } from './project.js';
import { TestClock } from './server.js';
import { skipSuite } from './skip.js';
import { Town } from './town.js';

const DAY = 86_400_000;

/** The seeded product whose capabilities are shown, in a time that the tests set. */
export class City {
  private readonly clock = new TestClock(Date.now());
  private opened: Town | undefined;
  private removing: () => void = () => undefined;

  /** Where mails are written, as files. */
  readonly mailFolder = join(mkdtempSync(join(tmpdir(), 'tiergate-city-')), 'mail');

  get town(): Town {
    if (this.opened === undefined) throw new Error('the city is asked for before its tests');
    return this.opened;
  }

  /** Embedded, it begins as a copy of the demo that was seeded once for the whole run. */
  async open(backend: Backend): Promise<void> {
    if (!backend.durable || backend.dialect === 'sqlite') {
      const place = await seededPlace();
      this.removing = () => place.remove();
      const database = { url: `sqlite:${place.database}`, dispose: () => Promise.resolve() };
      const environment = {
        TIERGATE_FILES: place.environment['TIERGATE_FILES'] ?? '',
        // The process that seeded it made a secret of its own.
        TIERGATE_SECRET: readFileSync(`${place.database}.secret`, 'utf8').trim(),
        TIERGATE_MAIL_FOLDER: this.mailFolder,
      };
      this.opened = await Town.open(backend, { clock: this.clock, database, environment });
    } else this.opened = await Town.open(backend, { clock: this.clock });
    // The one of which enterprise B has a grant from the seeds.
    await this.town.plain();
  }

  async close(): Promise<void> {
    await this.opened?.close();
    this.removing();
    rmSync(dirname(this.mailFolder), { recursive: true, force: true });
  }

  now(): number {
    return this.clock.now();
  }

  /** A day of the city, so many after today. */
  day(later = 0): string {
    return dayOf(this.clock.now() + later * DAY);
  }

  /** Two plain datasets of one agreement: they can stand in one application. */
  // oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
  async pair(): Promise<[any, any]> {
    const first = await this.town.plain();
    for (;;) {
      const second = await this.town.plain();
      if (second.id === first.id) throw new Error('no two plain datasets have one agreement');
      if (second.agreement.href === first.agreement.href) return [first, second];
    }
  }

  /** Lets time pass before anything that time does has been done; everybody signs in anew. */
  async passUnnoticed(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    this.town.signOut();
  }

  /** Lets time pass, and does what time does by itself. */
  async wait(milliseconds: number): Promise<void> {
    await this.passUnnoticed(milliseconds);
    await this.act();
  }

  /** One round of what time does, as every instance runs it. */
  async act(): Promise<void> {
    const { unit, slices } = this.town.app;
    await letTimeAct(unit, slices, (part, error) => {
      throw new Error(part, { cause: error });
    });
  }
}

type Shows = (id: string, test: (this: Mocha.Context) => Promise<void>) => void;

const folder = process.env['TIERGATE_TEST_RECORDS'];

/** Where `npm test` keeps which capabilities were shown; undefined outside it. */
export const shownIn = folder;

/**
 * A chapter of what the product is claimed to do, `test/capabilities/<name>.yaml`: every row that is served has a test
 * named after it. Embedded, and on the kinds of database named besides.
 */
export function demonstrate(
  name: string,
  body: (shows: Shows, city: City) => void,
  more: readonly Backend[] = [],
): void {
  const chapter = readChapters(projectRoot).find((one) => one.name === name);
  if (chapter === undefined) throw new Error(`no chapter ${name} in test/capabilities`);
  const [embedded] = backends;
  describe(`capabilities: ${chapter.title.en}`, function () {
    this.timeout(240_000);
    for (const backend of [embedded as Backend, ...more])
      describe(backend === embedded ? 'embedded' : `on ${backend.name}`, function () {
        if (!isAvailable(backend)) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
        const city = new City();
        before(() => city.open(backend));
        after(() => city.close());
        shownBy(chapter, (shows) => body(shows, city));
      });
  });
}

function shownBy({ name, served }: Chapter, body: (shows: Shows) => void): void {
  const named: string[] = [];
  body((id, test) => {
    const row = served.find((one) => one.id === id);
    if (row === undefined) throw new Error(`${name}.yaml claims no ${id}`);
    named.push(id);
    it(`${id}: ${row.en}`, test);
  });
  it('has one test for every row', () => {
    expect(named.toSorted()).to.deep.equal(served.map(({ id }) => id).toSorted());
  });
  afterEach(function () {
    const [id = ''] = (this.currentTest?.title ?? '').split(':');
    if (folder !== undefined && this.currentTest?.state === 'passed' && named.includes(id))
      appendFileSync(join(folder, `capabilities-${process.pid}.txt`), `${name}/${id}\n`);
  });
}
