import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { canonicalJson } from '../../src/kernel/canonical.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { organisation } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';
import { printedPages, printedText } from '../support/read-pdf.js';
import type { Name } from '../unit/applications/world.js';

const FORMATS = ['json', 'csv', 'pdf'] as const;
type Format = (typeof FORMATS)[number];
/** What officers say among themselves; nothing of it is the applicant's to read. */
const INNER = ['annexhidden', 'brotherhidden', 'advicehidden', 'extensionhidden'] as const;
const SAID = ['publicremark', 'whoquestion', 'twoanalysts'] as const;

describe('conformance: a case leaves the product', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    let driver: Driver;
    beforeEach(async () => {
      platform = await openPlatform(backend);
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    const bytes = async (who: Name, path: string, language = 'en'): Promise<Buffer> => {
      const answer = await request(platform.app)
        .get(path)
        .set({ authorization: who, 'accept-language': language })
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => done(null, Buffer.concat(parts)));
        });
      expect(answer.status, path).to.equal(200);
      return answer.body as Buffer;
    };
    /** All words of an export, as its reader gets them. */
    const words = async (who: Name, id: string, format: Format): Promise<string> => {
      const content = await bytes(who, `/api/applications/${id}/case.${format}`);
      return format === 'pdf' ? printedText(await printedPages(content)).join('') : content.toString();
    };
    const json = async (who: Name, id: string) => JSON.parse(await words(who, id, 'json'));

    /** A case in which officers and applicant have said something of everything. */
    async function talkedOver(): Promise<string> {
      const id = await driver.at('holder', { securityPlan: '=HYPERLINK("http://evil")', purpose: PURPOSE });
      await driver.command('reviewer', id, 'claim');
      await driver.command('reviewer', id, 'remark', { text: 'annexhidden', private: true });
      await driver.command('reviewer', id, 'remark', { text: 'publicremark', private: false });
      await driver.command('reviewer', id, 'ask', { text: 'whoquestion' });
      await driver.command('handler', id, 'answer', { text: 'twoanalysts' });
      await driver.command('reviewer', id, 'extend', { reason: 'extensionhidden' });
      await driver.command('deputy', id, 'declare-conflict', { text: 'brotherhidden' });
      const advised = await driver.command('reviewer', id, 'advise', {
        recommendation: 'approve',
        remark: 'advicehidden',
      });
      expect(advised.status, JSON.stringify(advised.body)).to.equal(200);
      return id;
    }

    it('with what its officers may see, in all three forms', async () => {
      const id = await talkedOver();
      for (const format of FORMATS) {
        const read = await words('approver', id, format);
        for (const word of [...INNER, ...SAID]) expect(read, `${format} ${word}`).to.contain(word);
      }
    });

    it('without what officers say among themselves where the applicant reads it, and events are dropped, not blanked', async () => {
      const id = await talkedOver();
      for (const who of ['handler', 'signatory'] as const)
        for (const format of FORMATS) {
          const read = await words(who, id, format);
          for (const word of SAID) expect(read, `${who} ${format} ${word}`).to.contain(word);
          for (const word of INNER) expect(read, `${who} ${format} ${word}`).to.not.contain(word);
          expect(read, `${who} ${format}`).to.not.match(/deputy|Claimed|Conflict ?of ?interest|Advice ?of ?the/);
        }
      const own = await json('handler', id);
      const page = (await driver.get('handler', `/api/applications/${id}`)).body;
      expect(own.case.history).to.deep.equal(page.history);
      expect(own.case).to.not.have.property('advice');
    });

    it('with the applicant’s eyes for an officer who comes to stand on its side', async () => {
      const id = await talkedOver();
      expect(await words('reviewer', id, 'csv')).to.contain('annexhidden');
      const related = organisation('enterprise', 'enterprise', { parent: 'transport' });
      await platform.put('organisations', 'enterprise', related);
      for (const format of FORMATS) {
        const read = await words('reviewer', id, format);
        for (const word of INNER) expect(read, `${format} ${word}`).to.not.contain(word);
      }
    });

    it('to nobody who does not see it, with the same answer as for an id that is none', async () => {
      const id = await talkedOver();
      for (const format of FORMATS)
        for (const who of ['rival', 'reviewer-health'] as const) {
          const own = refusedWith(await driver.get(who, `/api/applications/${id}/case.${format}`), 404, 'not-found');
          const none = await driver.get(who, `/api/applications/none/case.${format}`);
          const body = { ...(none.body as object), instance: own['instance'] };
          expect({ ...own, requestId: null }).to.deep.equal({ ...body, requestId: null });
        }
    });

    it('with one hash in all three forms, which anybody can compute again; another sight, another hash', async () => {
      const id = await talkedOver();
      const { format, hash, ...content } = await json('handler', id);
      expect(format).to.equal('tiergate-case/1');
      expect(createHash('sha256').update(canonicalJson(content)).digest('hex')).to.equal(hash);
      expect(content.case).to.not.have.any.keys('allowedCommands', 'editable', 'warnings', 'etag');
      expect(await words('handler', id, 'csv')).to.contain(hash);
      expect(await words('handler', id, 'pdf')).to.contain(hash);
      expect((await json('approver', id)).hash).to.not.equal(hash);
      expect((await json('handler', id)).hash, 'again').to.equal(hash);
      await driver.command('approver', id, 'remark', { text: 'for the applicant', private: false });
      expect((await json('handler', id)).hash, 'after a remark').to.not.equal(hash);
    });

    it('with the day ledger, each day counted or not, and the same bytes for the same facts', async () => {
      const id = await talkedOver();
      const [deadline] = (await json('handler', id)).case.deadlines;
      const table = parse(await words('handler', id, 'csv'), { bom: true }) as string[][];
      const days = table.filter(([part]) => part === 'Day ledger').map(([, day]) => day);
      expect(days).to.include.members(deadline.ledger.map(({ day }: { day: string }) => day));
      for (const format of FORMATS) {
        const path = `/api/applications/${id}/case.${format}`;
        expect((await bytes('handler', path)).equals(await bytes('handler', path)), format).to.equal(true);
      }
    });

    it('with the questions of its form and the answers in words, in the order they were asked', async () => {
      const choice = (value: string, zh: string, en: string) => ({ value, title: { zh, en } });
      const fields = [
        { name: 'users', kind: 'number', title: { zh: '用户数', en: 'Users' }, required: true, minimum: 1 },
        { name: 'charged', kind: 'yes-no', title: { zh: '是否收费', en: 'Charged' }, required: true },
        {
          name: 'area',
          kind: 'choices',
          title: { zh: '服务范围', en: 'Where' },
          required: true,
          options: [choice('city', '全市', 'the whole city'), choice('one', '一个区', 'one district')],
        },
      ];
      const form = (await driver.publishForm({ fields })).body;
      const answers = { area: ['one', 'city'], charged: false, users: 4 };
      const id = await driver.at('submitted', { form: { id: form.id, answers } });
      const said = (table: string): string[] =>
        (parse(table, { bom: true }) as string[][])
          .filter(([, , , what]) => what === 'Form of the purpose')
          .map(([, , , , text]) => text ?? '');
      expect(said(await words('reviewer', id, 'csv'))).to.deep.equal([
        'Users: 4',
        'Charged: no',
        'Where: one district, the whole city',
      ]);
      const before = await json('reviewer', id);
      expect(before.case.formAsked.fields).to.deep.equal(form.fields);
      await driver.publishForm({ replaces: form.id, fields: fields.slice(0, 1) });
      expect((await json('reviewer', id)).hash, 'a later version changes nothing').to.equal(before.hash);
    });

    it('with no cell that begins a formula, and in Chinese on paper', async () => {
      const id = await talkedOver();
      const cells = (parse(await words('handler', id, 'csv'), { bom: true }) as string[][]).flat();
      expect(cells).to.include(`'=HYPERLINK("http://evil")`);
      expect(cells.filter((cell) => /^[=+@-]/.test(cell))).to.deep.equal([]);
      const paper = await bytes('handler', `/api/applications/${id}/case.pdf`, 'zh-CN');
      expect(printedText(await printedPages(paper)).join(''))
        .to.contain('办理记录')
        .and.contain('日账')
        .and.contain(PURPOSE.scenario);
    });

    it('with who counter-signed the agreement for the holder, and when', async () => {
      const signing = { version: 1, hash: 'h1' };
      await platform.put('agreements', 'template', { ...signing, execution: 'counter-signature' });
      const id = await driver.at('approved');
      await driver.command('signatory', id, 'accept-agreement', signing);
      const lines = async (): Promise<string[][]> =>
        (parse(await words('handler', id, 'csv'), { bom: true }) as string[][]).filter(
          ([part, , , , said]) => part === 'Ruling' && said === 'counter-signed by the holder',
        );
      expect(await lines(), 'nobody has yet').to.deep.equal([]);
      const { body } = await driver.command('reviewer', id, 'counter-sign', signing);
      const { at } = body.agreement.accepted.counterSigned;
      const { by } = body.history.find(({ event }: { event: string }) => event.endsWith('counter-signed'));
      expect(by.name).to.match(/\S/);
      expect(await lines()).to.deep.equal([
        ['Ruling', at, by.name, 'Data-use agreement 1', 'counter-signed by the holder'],
      ]);
    });

    it('the queue of a reviewer leaves as a table of exactly its rows', async () => {
      for (let made = 0; made < 3; made++) await driver.at('submitted');
      await driver.at('draft');
      const listed = (await driver.get('reviewer', '/api/applications?queue=mine&limit=100')).body.items;
      const table = parse(await bytes('reviewer', '/api/applications/queue.csv?queue=mine'), {
        bom: true,
      }) as string[][];
      expect(table.slice(1).map(([number]) => number)).to.deep.equal(
        listed.map(({ number }: { number: string }) => number),
      );
      expect(table.slice(1)).to.have.length(3);
      const overdue = parse(await bytes('reviewer', '/api/applications/queue.csv?queue=overdue'), {
        bom: true,
      }) as string[][];
      expect(overdue).to.have.length(1);
      const rivals = parse(await bytes('rival', '/api/applications/queue.csv'), { bom: true }) as string[][];
      expect(rivals).to.have.length(1);
      refusedWith(await driver.get('reviewer', '/api/applications/queue.csv?limit=2'), 400, 'invalid-query');
    });
  });
});

const PURPOSE = { category: 'research', scenario: '城市物流规划的行程时间模型' };
