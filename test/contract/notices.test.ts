import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { canonicalJson } from '../../src/kernel/canonical.js';
import { addDays, dayOf } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name, NAMES } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { printedPages, printedText } from '../support/read-pdf.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

interface Line {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: { readonly id: string; readonly name: string };
  readonly addressee: { readonly id: string; readonly name: string };
  readonly about: { readonly kind: string; readonly id: string };
  readonly cause: string;
  readonly hash: string;
  readonly links: { readonly pdf: string; readonly json: string };
}

/** Numbered notices of official acts, over HTTP. */
describe('contract: notices', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
      });
      after(() => opened.close());

      const idIn = (path: string): string => path.split('/').at(-1) ?? '';
      const refused = (answer: Answer, status: number, code: string): Answer => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        return answer;
      };
      const listed = async (name: Name, search: string): Promise<Line[]> =>
        fine(await cases.as(name).get(`/api/notices?limit=100&${search}`)).body.items.reverse();
      const ofCase = (path: string, name: Name = 'enterprise-a-handler') => listed(name, `application=${idIn(path)}`);
      const kinds = (lines: readonly Line[]): string[] => lines.map(({ kind }) => kind);
      const dataOf = async ({ links }: Line, name: Name = 'enterprise-a-handler') =>
        fine(await cases.as(name).get(links.json)).body;
      const saysIn = (file: { zh: { title: string; text: { text: string }[] } }): string =>
        [file.zh.title, ...file.zh.text.map(({ text }) => text)].join('\n');
      const pdfOf = async ({ links }: Line, name: Name = 'enterprise-a-handler'): Promise<Buffer> => {
        const { token } = cases.as(name);
        const answer = await fetch(address + links.pdf, { headers: { authorization: `Bearer ${token}` } });
        expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
        expect(answer.headers.get('cache-control')).to.equal('private, no-store');
        return Buffer.from(await answer.arrayBuffer());
      };
      const known = (number: string, hash: string) =>
        cases.as('anonymous').get(`/api/notices/check?${new URLSearchParams({ number, hash }).toString()}`);

      it('leaves one of each official act of a case, in the name of the body that acted', async () => {
        const path = await cases.at('concluded');
        const lines = await ofCase(path);
        expect(kinds(lines)).to.deep.equal(['acceptance', 'approval', 'grant']);
        const holder = (await cases.as('reviewer-transport').get('/api/me')).body.organisation;
        const authority = (await cases.as('approver').get('/api/me')).body.organisation;
        const own = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation;
        expect(lines.map(({ issuer }) => issuer.id)).to.deep.equal([holder.id, authority.id, authority.id]);
        for (const { addressee, about, cause } of lines) {
          expect([addressee.id, about.id]).to.deep.equal([own.id, idIn(path)]);
          expect(cause).to.match(/^application\.(accepted|approved|concluded)$/);
        }
        const { number } = (await cases.as('enterprise-a-handler').get(path)).body;
        for (const line of lines) expect(saysIn((await dataOf(line)).notice), line.kind).to.include(number);
      });

      it('tells everything to correct at once, and by when', async () => {
        const path = await cases.at('submitted');
        const defects = [{ text: '请写明场所' }, { text: 'Name the members', pointer: '/members' }];
        await cases.give('reviewer-transport', path, 'request-correction', { defects });
        const { deadlines } = (await cases.as('enterprise-a-handler').get(path)).body;
        const due = deadlines
          .find(({ kind }: { kind: string }) => kind === 'correction')
          .due.split('-')
          .map(Number);
        const [notice] = await ofCase(path);
        expect(notice?.kind).to.equal('correction');
        const { zh, en } = (await dataOf(notice as Line)).notice;
        expect(
          zh.text.filter(({ item }: { item: boolean }) => item).map(({ text }: { text: string }) => text),
        ).to.deep.equal(['1. 请写明场所', '2. Name the members（位置：/members）']);
        expect(saysIn({ zh })).to.include(`${due[0]}年${due[1]}月${due[2]}日`);
        expect(en.title).to.equal('Notice to correct an application');
        await cases.give('enterprise-a-handler', path, 'submit');
        await cases.give('enterprise-a-handler', path, 'withdraw', { reason: 'No longer needed' });
        const [, ended] = await ofCase(path);
        expect(saysIn((await dataOf(ended as Line)).notice))
          .to.include('终止办理')
          .and.include('No longer needed');
      });

      it('of an extension, when the second person has confirmed it and not before', async () => {
        const path = await cases.at('authority');
        await cases.give('approver', path, 'extend', { reason: '需要专家论证' });
        expect(kinds(await ofCase(path))).to.deep.equal(['acceptance']);
        await cases.give('approver-deputy', path, 'confirm-extension');
        const lines = await ofCase(path);
        expect(kinds(lines)).to.deep.equal(['acceptance', 'extension']);
        expect(saysIn((await dataOf(lines[1] as Line)).notice)).to.include('需要专家论证');
      });

      it('of a refusal, with its coded reasons, their article, what would make it approvable and the way to a review', async () => {
        const path = await cases.at('authority');
        await cases.give('approver', path, 'refuse', {
          reasons: [
            { code: 'items-excessive', text: '不需要线路编号' },
            { code: 'security-insufficient', text: 'No deletion is described' },
          ],
        });
        const refusal = (await ofCase(path)).at(-1) as Line;
        const { zh, en } = (await dataOf(refusal)).notice;
        const said = saysIn({ zh });
        for (const part of ['不予开放决定书', '不需要线路编号', '第四十一条', '请减少数据项', '申请复核', '行政诉讼'])
          expect(said).to.include(part);
        expect(said, 'an article nobody has checked says so').to.include('依据条文尚待核对');
        expect(JSON.stringify(en)).to.include('What would make it approvable').and.include('review of this decision');
        await cases.give('enterprise-a-handler', path, 'appeal', { reason: 'Look again' });
        await cases.give('approver-deputy', path, 'decide-appeal', { outcome: 'upheld', reason: '理由成立' });
        const review = (await ofCase(path)).at(-1) as Line;
        expect(review.kind).to.equal('review-upheld');
        expect(saysIn((await dataOf(review)).notice)).to.include('理由成立');
      });

      it('never what officers keep among themselves', async () => {
        const path = await cases.at('claimed');
        await cases.give('reviewer-transport', path, 'remark', { text: 'zzprivate', private: true });
        await cases.give('reviewer-transport', path, 'advise', { recommendation: 'refuse', remark: 'zzadvice' });
        await cases.give('approver', path, 'refuse', { reasons: [{ code: 'other', text: 'Said openly' }] });
        for (const line of await ofCase(path)) {
          expect(JSON.stringify(await dataOf(line)), line.kind).to.not.include('zz');
          expect(printedText(await printedPages(await pdfOf(line))).join(), line.kind).to.not.include('zz');
        }
      });

      it('of what is done to a grant, and to all of them by a measure', async () => {
        const [dataset, other] = cases.datasets.slice(2);
        const grant = await cases.granted(dataset as string);
        const second = await cases.granted(other as string);
        const until = addDays(dayOf(clock.now()), 30);
        await cases.give('supervisor', grant, 'suspend', { reason: '异常下载', until });
        await cases.give('supervisor', grant, 'resume', { reason: '已说明' });
        await cases.give('supervisor', grant, 'limit', { reason: '控制用量', quota: 3 });
        await cases.give('supervisor', grant, 'revoke', { reason: '不再需要' });
        const lines = await listed('enterprise-a-signatory', `grant=${idIn(grant)}`);
        expect(kinds(lines)).to.deep.equal(['grant', 'suspension', 'resumption', 'limitation', 'revocation']);
        const [year, month, day] = until.split('-').map(Number);
        const texts = await Promise.all(lines.map(async (line) => saysIn((await dataOf(line)).notice)));
        expect(texts[1])
          .to.include('异常下载')
          .and.include(`暂停至${year}年${month}月${day}日`)
          .and.include('监管决定');
        expect(texts[2]).to.include('已说明');
        expect(texts[3]).to.include('不超过 3 次');
        expect(texts[4]).to.include('撤销');

        const report = { grant: idIn(second), kind: 're-identification', description: 'zzdescription' };
        const violation = fine(await cases.as('supervisor').post('/api/violations', report)).body.id;
        const path = `/api/violations/${violation}`;
        await cases.give('enterprise-a-handler', path, 'reply', { text: 'zzreply' });
        const end = addDays(dayOf(clock.now()), 90);
        const measure = { step: 'restrict', reason: '重新识别个人', until: end, datasets: [other] };
        await cases.give('supervisor', path, 'impose', measure);
        const held = await listed('enterprise-a-handler', `violation=${violation}`);
        expect(kinds(held)).to.deep.equal(['hearing', 'interim-suspension', 'restriction']);
        const restriction = saysIn((await dataOf(held[2] as Line)).notice);
        expect(restriction).to.include('限制使用').and.include('重新识别个人');
        expect(restriction, 'the dataset is named').to.match(/1\. /);
        const ofSecond = (name: Name) => listed(name, `grant=${idIn(second)}`);
        expect(kinds(await ofSecond('enterprise-a-handler')), 'the measure tells of its end').to.deep.equal([
          'grant',
          'hearing',
          'interim-suspension',
          'restriction',
        ]);
        expect(kinds(await ofSecond('officer')), 'sees grants, but neither cases nor violations').to.deep.equal([]);
        for (const line of held) expect(JSON.stringify(await dataOf(line))).to.not.include('zz');
        expect((await cases.as('supervisor').get(second)).body.state).to.equal('revoked');
      });

      it('prints what the data says, in Chinese and English, with the hash; the same bytes each time', async () => {
        const [, approval] = (await ofCase(await cases.at('approved'))) as [Line, Line];
        const { notice, hash } = await dataOf(approval);
        expect(createHash('sha256').update(canonicalJson(notice)).digest('hex'))
          .to.equal(hash)
          .and.equal(approval.hash);
        const pdf = await pdfOf(approval);
        const printed = printedText(await printedPages(pdf)).join('');
        const bare = (text: string): string => text.replaceAll(/\s/g, '');
        for (const language of ['zh', 'en'] as const) {
          expect(printed).to.include(bare(notice[language].title));
          for (const { text } of notice[language].text) expect(printed).to.include(bare(text));
        }
        for (const part of [approval.number, hash, notice.issuer.name.zh, notice.addressee.name.zh])
          expect(printed).to.include(bare(part));
        expect((await pdfOf(approval)).equals(pdf)).to.equal(true);
        expect((await pdfOf(approval, 'approver')).equals(pdf), 'whoever reads it').to.equal(true);
        const [zh, en] = await Promise.all(
          ['zh-CN', 'en'].map(async (language) => {
            const path = `/api/notices?application=${notice.about.id}&kind=approval`;
            const [line] = fine(await cases.as('auditor').get(path, { 'accept-language': language })).body.items;
            return line.title;
          }),
        );
        expect([zh, en]).to.deep.equal(['准予开放决定书', 'Decision of approval (opening)']);
      });

      it('is seen by exactly those who may see the case, the grant or the violation it is about', async () => {
        const path = await cases.at('submitted');
        await cases.give('reviewer-transport', path, 'accept');
        const [line] = (await ofCase(path)) as [Line];
        for (const name of NAMES) {
          const seesCase = (await cases.as(name).get(path)).status;
          const statuses = [
            (await cases.as(name).get(line.links.json)).status,
            (await cases.as(name).get(line.links.pdf)).status,
            (await cases.as(name).get(`/api/notices?application=${idIn(path)}`)).status,
          ];
          expect(statuses, name).to.deep.equal([seesCase, seesCase, seesCase]);
        }
        const grant = await cases.granted(cases.datasets[1]);
        await cases.give('supervisor', grant, 'suspend', { reason: 'r' });
        const suspension = (await listed('supervisor', `grant=${idIn(grant)}`)).at(-1) as Line;
        for (const name of NAMES) {
          const seesGrant = (await cases.as(name).get(grant)).status;
          expect((await cases.as(name).get(suspension.links.json)).status, name).to.equal(seesGrant);
          expect((await cases.as(name).get(`/api/notices?grant=${idIn(grant)}`)).status, name).to.equal(seesGrant);
        }
      });

      it('is listed for an organisation: its own, and all for those who oversee', async () => {
        const own = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation.id;
        const mine = await listed('enterprise-a-handler', '');
        expect(mine.length).to.be.above(10);
        for (const { addressee } of mine) expect(addressee.id).to.equal(own);
        expect(await listed('enterprise-b-handler', `organisation=${own}`)).to.deep.equal([]);
        const theirs = await listed('enterprise-b-handler', '');
        expect(theirs.length, 'the demo has cases of theirs').to.be.above(0);
        for (const { addressee } of theirs) expect(addressee.id).to.not.equal(own);
        const overseen = fine(await cases.as('auditor').get(`/api/notices?organisation=${own}`)).body.total;
        expect(overseen).to.equal(fine(await cases.as('enterprise-a-signatory').get('/api/notices')).body.total);
        // The health body asked for data itself in the demo.
        for (const name of ['reviewer-transport', 'steward-transport', 'portal', 'admin'] as const)
          for (const { about } of await listed(name, '')) expect(about.kind, name).to.not.equal('application');
      });

      it('speaks of sharing, and never of opening, where bodies share', async () => {
        const dataset = cases.datasets.at(-1) as string;
        fine(await cases.as('steward-transport').change(`/api/datasets/${dataset}`, { sharingTier: 'conditional' }));
        const today = dayOf(clock.now());
        const asked = await cases.as('handler-health').post('/api/applications', {
          kind: 'sharing',
          datasets: [{ dataset }],
          purpose: { category: 'public-service', scenario: 'Routes of ambulances' },
          delivery: 'download',
          period: { from: today, to: addDays(today, 59) },
        });
        const path = `/api/applications/${fine(asked).body.id}`;
        await cases.give('handler-health', path, 'submit');
        await cases.give('reviewer-transport', path, 'accept');
        await cases.give('reviewer-transport', path, 'refuse', { reasons: [{ code: 'other', text: 'Not needed' }] });
        const lines = await ofCase(path, 'handler-health');
        expect(kinds(lines)).to.deep.equal(['acceptance', 'refusal']);
        for (const line of lines) {
          const said = saysIn((await dataOf(line, 'handler-health')).notice);
          expect(said, line.kind).to.include('公共数据共享申请');
          // What it rests on may speak of opening; what is asked for and decided never does.
          expect(said, line.kind).to.not.match(/开放申请|开放决定书|诉讼/);
        }
      });

      it('has numbers without gaps and doubles, in all that the demo and these tests did', async () => {
        const byIssuer = new Map<string, number[]>();
        for (let token = ''; ; ) {
          const page = fine(await cases.as('auditor').get(`/api/notices?limit=100&pageToken=${token}`)).body;
          for (const { issuer, number } of page.items as Line[]) {
            const [, year, serial] = /〔(\d{4})〕第 (\d+) 号/.exec(number) ?? [];
            const key = `${issuer.id} ${year}`;
            byIssuer.set(key, [...(byIssuer.get(key) ?? []), Number(serial)]);
          }
          token = page.nextPageToken;
          if (token === '') break;
        }
        expect(byIssuer.size).to.be.above(1);
        for (const [issuer, serials] of byIssuer)
          expect(
            serials.sort((a, b) => a - b),
            issuer,
          ).to.deep.equal(serials.map((_, at) => at + 1));
      });

      it('is one for a command that is sent twice', async () => {
        const path = await cases.at('submitted');
        const etag = (await cases.as('reviewer-transport').get(path)).headers.get('etag') ?? '';
        const headers = { 'if-match': etag, 'idempotency-key': crypto.randomUUID() };
        const send = () => cases.as('reviewer-transport').post(`${path}/commands/accept`, {}, headers);
        for (const { status } of await Promise.all([send(), send(), send()])) expect(status).to.equal(200);
        expect(kinds(await ofCase(path))).to.deep.equal(['acceptance']);
      });

      it('is linked from what people were told of the same act', async () => {
        const path = await cases.at('approved');
        const lines = await ofCase(path);
        const told = fine(await cases.as('enterprise-a-handler').get('/api/notifications?limit=100')).body.items.filter(
          ({ href }: { href: string }) => href === path,
        );
        const noticeOf = (event: string) =>
          told.find((one: { event: string }) => one.event === event)?.notice as { id: string } | null;
        expect(noticeOf('application.accepted')?.id).to.equal(lines[0]?.id);
        expect(noticeOf('application.approved')).to.deep.equal({
          id: lines[1]?.id,
          number: lines[1]?.number,
          href: lines[1]?.links.pdf,
        });
        expect(noticeOf('application.submitted'), 'nothing official yet').to.equal(null);
      });

      it('can be checked by whoever was shown it; nothing but that is told', async () => {
        const [line] = (await ofCase(await cases.at('claimed'))) as [Line];
        expect(fine(await known(line.number, line.hash)).body).to.deep.equal({ known: true });
        expect(fine(await known(line.number.replaceAll(' ', ''), line.hash.toUpperCase())).body).to.deep.equal({
          known: true,
        });
        expect(fine(await known('公数开〔2026〕第 9999 号', line.hash)).body).to.deep.equal({ known: false });
        expect(fine(await known(line.number, 'f'.repeat(64))).body).to.deep.equal({ known: false });
        refused(await known(line.number, 'short'), 400, 'invalid-query');
        refused(await cases.as('anonymous').get('/api/notices/check'), 400, 'invalid-query');
      });

      it('does not exist for a wrong id, and pages only with its own tokens', async () => {
        for (const form of ['json', 'pdf'])
          refused(await cases.as('auditor').get(`/api/notices/${ABSENT}/notice.${form}`), 404, 'not-found');
        for (const subject of ['application', 'grant', 'violation'])
          refused(await cases.as('auditor').get(`/api/notices?${subject}=${ABSENT}`), 404, 'not-found');
        refused(await cases.as('auditor').get('/api/notices?pageToken=zz'), 400, 'invalid-page-token');
        refused(await cases.as('auditor').get('/api/notices?state=x'), 400, 'invalid-query');
        refused(await cases.as('anonymous').get('/api/notices'), 401, 'sign-in-required');
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
