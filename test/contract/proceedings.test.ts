import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { dayOf } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachDialect } from '../support/databases.js';
import { printedPages, printedText } from '../support/read-pdf.js';
import { type OpenApp, openApp } from '../support/server.js';

const HANDLER = 'enterprise-a-handler';

/** Reconsideration (行政复议) and litigation (行政诉讼), recorded over HTTP by the people of the demo. */
describe('contract: reconsideration and litigation', function () {
  this.timeout(240_000);
  eachDialect((backend) => {
    let opened: OpenApp;
    let cases: Cases;
    let address: string;
    before(async () => {
      opened = await openApp(backend, { seeded: true });
      address = await opened.listen();
      cases = await Cases.open(address);
    });
    after(() => opened.close());

    const today = (): string => dayOf(Date.now());
    const filing = () => ({
      kind: 'litigation',
      forum: '上海铁路运输法院',
      filedOn: today(),
      reference: '（2026）沪7101行初7号',
    });
    const ending = (outcome: string) => ({ kind: 'litigation', outcome, on: today(), text: '判决责令重新作出决定。' });
    const see = async (name: Name, path: string) => fine(await cases.as(name).get(path)).body;
    const refused = (answer: Answer, status: number, code: string, pointer?: string): void => {
      expect([answer.status, answer.body?.code], answer.text).to.deep.equal([status, code]);
      if (pointer !== undefined) expect(answer.body.errors[0].pointer).to.equal(pointer);
      for (const part of ['title', 'remedy']) expect(answer.body[part], part).to.match(/\S/);
    };
    const told = async (name: Name, path: string): Promise<{ event: string; title: string; text: string }[]> =>
      (await see(name, '/api/notifications?limit=100')).items.filter(({ href }: { href: string }) => href === path);

    it('are recorded by the authority, and read by both sides with everything that was said', async () => {
      const path = await cases.at('refused');
      const { body } = await cases.give('approver', path, 'record-proceeding', filing());
      expect(body).to.deep.include({ state: 'refused', waitingFor: null });
      const open = { ...filing(), ended: null };
      for (const side of [HANDLER, 'enterprise-a-signatory', 'reviewer-transport', 'auditor'] as const)
        expect((await see(side, path)).proceedings, side).to.deep.equal([open]);
      await cases.give('approver-deputy', path, 'record-proceeding-outcome', ending('upheld'));
      const { kind, ...end } = ending('upheld');
      const page = await see(HANDLER, path);
      expect(page.proceedings).to.deep.equal([{ ...open, ended: end }]);
      expect(page).to.deep.include({ state: 'refused', waitingFor: null });
      expect(page.history.at(-2)).to.deep.include({ event: 'application.proceeding-recorded', data: filing() });
      expect(page.history.at(-1)).to.deep.include({ event: 'application.proceeding-ended', data: { kind, ...end } });
    });

    it('are told to the applicant when they go on record and when they end, without the words of anybody', async () => {
      const path = await cases.at('refused');
      await cases.give('approver', path, 'record-proceeding', filing());
      await cases.give('approver', path, 'record-proceeding-outcome', ending('annulled'));
      for (const side of [HANDLER, 'enterprise-a-signatory'] as const) {
        const [ended, recorded] = await told(side, path);
        expect([recorded?.event, ended?.event], side).to.deep.equal([
          'application.proceeding-recorded',
          'application.proceeding-ended',
        ]);
        for (const one of [recorded, ended])
          expect(`${one?.title} ${one?.text}`)
            .to.match(/TG-/)
            .and.to.not.match(/7101|责令/);
      }
      for (const [who, why] of [
        ['approver-deputy', 'may open it again'],
        ['supervisor', 'could revoke what an approval gave'],
      ] as const)
        expect((await told(who, path))[0]?.event, why).to.equal('application.proceeding-ended');
      expect(
        (await told('approver', path)).map(({ event }) => event),
        'who recorded it is not',
      ).to.not.include('application.proceeding-ended');
    });

    it('let an annulled refusal be opened again, also after a review upheld it, and in no other way', async () => {
      const path = await cases.at('refused');
      await cases.give(HANDLER, path, 'appeal', { reason: 'Look again.' });
      await cases.give('approver-deputy', path, 'decide-appeal', { outcome: 'upheld', reason: 'Nothing new.' });
      const again = { outcome: 'reopened', reason: 'So the court decided.' };
      refused(await cases.as('approver-deputy').command(path, 'decide-appeal', again), 409, 'no-open-appeal');
      await cases.give('approver', path, 'record-proceeding', filing());
      const { body } = await cases.give('approver', path, 'record-proceeding-outcome', ending('annulled'));
      expect([body.state, body.waitingFor.role]).to.deep.equal(['refused', 'approver']);
      const upheld = { outcome: 'upheld', reason: 'It stands.' };
      const deputy = cases.as('approver-deputy');
      refused(await deputy.command(path, 'decide-appeal', upheld), 409, 'refusal-overturned', '/outcome');
      refused(await cases.as('approver').command(path, 'decide-appeal', again), 403, 'same-person-twice');
      const reopened = await cases.give('approver-deputy', path, 'decide-appeal', again);
      expect(reopened.body).to.deep.include({ state: 'in-review', stage: 'authority' });
      expect(reopened.body.appeal.outcome, 'the review stays as it was decided').to.equal('upheld');
      const { items } = await see(HANDLER, `/api/notices?application=${path.split('/').at(-1)}`);
      const kinds = items.map((one: { kind: string }) => one.kind);
      expect(kinds).to.include('reopening').and.to.not.include('review-reopened');
      await cases.give('approver-deputy', path, 'approve');
    });

    it('are refused where they cannot be, each by a code of its own', async () => {
      const open = await cases.at('authority');
      refused(await cases.as('approver').command(open, 'record-proceeding', filing()), 409, 'wrong-state');
      await cases.give(HANDLER, open, 'withdraw');
      refused(await cases.as('approver').command(open, 'record-proceeding', filing()), 409, 'no-ruling');
      const path = await cases.at('refused');
      const record = (body: object) => cases.as('approver').command(path, 'record-proceeding', body);
      const end = (body: object) => cases.as('approver').command(path, 'record-proceeding-outcome', body);
      for (const day of [dayOf(Date.now() - 3 * 86_400_000), dayOf(Date.now() + 2 * 86_400_000)])
        refused(await record({ ...filing(), filedOn: day }), 422, 'proceeding-day', '/filedOn');
      refused(await end(ending('upheld')), 409, 'no-open-proceeding');
      fine(await record(filing()));
      refused(await record(filing()), 409, 'proceeding-open', '/kind');
      refused(await end({ ...ending('upheld'), kind: 'reconsideration' }), 409, 'no-open-proceeding', '/kind');
      refused(await end({ ...ending('upheld'), on: dayOf(Date.now() - 3 * 86_400_000) }), 422, 'proceeding-day', '/on');
      for (const wrong of [{ kind: 'arbitration' }, { forum: ' ' }, { filedOn: '2026-02-30' }, { reference: '' }])
        refused(await record({ ...filing(), ...wrong }), 400, 'invalid-body');
      for (const name of [HANDLER, 'reviewer-transport'] as const)
        refused(await cases.as(name).command(path, 'record-proceeding', filing()), 403, 'command-not-yours');
      refused(await cases.as('enterprise-b-handler').command(path, 'record-proceeding', filing()), 404, 'not-found');
    });

    it('leave the product with the case, in each of its forms', async () => {
      const path = await cases.at('refused');
      await cases.give('approver', path, 'record-proceeding', filing());
      await cases.give('approver', path, 'record-proceeding-outcome', ending('annulled'));
      expect((await see(HANDLER, `${path}/case.json`)).case.proceedings).to.have.length(1);
      const { text } = fine(await cases.as(HANDLER).get(`${path}/case.csv`, { 'accept-language': 'zh' }));
      const rows = (parse(text, { bom: true }) as string[][]).filter(([part]) => part === '复议诉讼');
      expect(rows.map(([, when, , what, said]) => [when, what, said])).to.deep.equal([
        [today(), '行政诉讼', '上海铁路运输法院; （2026）沪7101行初7号'],
        [today(), '行政诉讼 （2026）沪7101行初7号', '撤销原决定; 判决责令重新作出决定。'],
      ]);
      const paper = await fetch(`${address}${path}/case.pdf`, {
        headers: { authorization: `Bearer ${cases.as(HANDLER).token}`, 'accept-language': 'zh' },
      });
      const pages = await printedPages(Buffer.from(await paper.arrayBuffer()));
      expect(printedText(pages).join('')).to.contain('复议诉讼').and.to.contain('撤销原决定');
    });

    it('are counted for officers from the moment they are on record', async () => {
      const counted = async () => {
        await opened.app.slices.register.keeper.letTimeAct(opened.app.unit);
        const { proceedings } = await see('approver', '/api/statistics/full');
        return proceedings.find(({ kind }: { kind: string }) => kind === 'litigation');
      };
      const before = await counted();
      const path = await cases.at('refused');
      await cases.give('approver', path, 'record-proceeding', filing());
      const open = await counted();
      expect([open.recorded - before.recorded, open.open - before.open]).to.deep.equal([1, 1]);
      await cases.give('approver', path, 'record-proceeding-outcome', ending('settled'));
      const ended = await counted();
      const settled = (figures: typeof before): number =>
        figures.outcomes.find(({ outcome }: { outcome: string }) => outcome === 'settled').count;
      expect([ended.recorded - open.recorded, ended.open - open.open, settled(ended) - settled(open)]).to.deep.equal([
        0, -1, 1,
      ]);
      const { proceedings } = await see('anonymous', '/api/statistics');
      const inPublic = proceedings.map(({ recorded }: { recorded: number }) => recorded);
      expect(inPublic, 'the quarter goes on').to.deep.equal([0, 0]);
    });
  });
});
