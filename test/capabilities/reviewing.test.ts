import { expect } from 'chai';
import { demonstrate } from '../support/capability.js';
import { type Account, done, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const REVIEWER = 'reviewer-transport';
const DAY = 86_400_000;

interface Deadline {
  readonly kind: string;
  readonly due: string;
  readonly paused: boolean;
  readonly counted: number;
  readonly ledger: readonly { readonly day: string; readonly counted: boolean; readonly why: string }[];
}

demonstrate('reviewing', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER) => done(await (await city.town.as(by)).get(path)).body;
  const give = (by: Account, path: string, command: string, body: object = {}) =>
    city.town.give(by, path, command, body);
  const deadline = async (path: string, kind: string): Promise<Deadline> =>
    (await see(path)).deadlines.find((one: Deadline) => one.kind === kind);
  const submitted = async () => city.town.submitted([await city.town.plain()]);
  const advised = async () => city.town.advised([await city.town.plain()]);
  const queued = async (by: Account, queue: string): Promise<string[]> =>
    (await see(`/api/applications?limit=100&queue=${queue}`, by)).items.map(
      ({ id }: { id: string }) => `/api/applications/${id}`,
    );

  shows('corrected-once', async () => {
    const path = await submitted();
    const defects = [{ pointer: '/securityPlan', text: 'Say who keeps it' }, { text: 'And where' }];
    done(await give(REVIEWER, path, 'request-correction', { defects }));
    const returned = await see(path);
    expect([returned.state, returned.editable, returned.defects]).to.deep.equal(['needs-correction', true, defects]);
    expect((await deadline(path, 'acceptance')).paused).to.equal(true);
    expect((await give(REVIEWER, path, 'accept')).status, 'nobody rules meanwhile').to.equal(409);
    done(await (await city.town.as(HANDLER)).change(path, { securityPlan: 'Two named persons, our own rooms' }));
    const again = done(await give(HANDLER, path, 'submit')).body;
    expect([again.state, again.number]).to.deep.equal(['submitted', returned.number]);
    refused(await give(REVIEWER, path, 'request-correction', { defects }), 409, 'correction-spent');
  });

  shows('third-party-heard', async () => {
    const path = await submitted();
    done(await give(REVIEWER, path, 'accept'));
    done(await give(REVIEWER, path, 'claim'));
    done(await give(REVIEWER, path, 'consult', { with: 'Road company', question: 'Do you object?' }));
    expect([(await see(path)).state, (await deadline(path, 'decision')).paused]).to.deep.equal(['consulting', true]);
    const { body } = done(await give(REVIEWER, path, 'record-consultation', { view: 'No objection' }));
    expect([body.state, body.stage]).to.deep.equal(['in-review', 'holder']);
  });

  shows('two-stages', async () => {
    const path = await submitted();
    refused(await give('approver', path, 'approve'), 409, 'wrong-state');
    done(await give(REVIEWER, path, 'accept'));
    done(await give(REVIEWER, path, 'claim'));
    done(await give(REVIEWER, path, 'advise', { recommendation: 'refuse', remark: 'Too much' }));
    expect((await see(path, 'approver')).advice.recommendation).to.equal('refuse');
    refused(await give(REVIEWER, path, 'approve'), 403, 'command-not-yours');
    expect(done(await give('approver', path, 'approve')).body.state, 'against the advice').to.equal('approved');
  });

  shows('separation-of-duties', async () => {
    const path = await advised();
    for (const side of [HANDLER, 'enterprise-a-signatory'] as const)
      refused(await give(side, path, 'approve'), 403, 'applicant-side');
    done(await give('approver', path, 'declare-conflict', { text: 'My brother works there' }));
    expect((await see(path, 'approver')).allowedCommands).to.not.include('approve');
    refused(await give('approver', path, 'approve'), 403, 'declared-conflict');
    done(await give('approver-deputy', path, 'refuse', { reasons: [{ code: 'other', text: 'No' }] }));
    done(await give(HANDLER, path, 'appeal', { reason: 'Look again' }));
    const review = { outcome: 'upheld', reason: 'As before' };
    refused(await give('approver-deputy', path, 'decide-appeal', review), 403, 'same-person-twice');
  });

  shows('days-that-count', async () => {
    const path = await advised();
    // Ten working days are twelve days at the least, on whatever day of the week they begin: a weekend is among them.
    await city.wait(8 * DAY);
    const { due, counted, ledger } = await deadline(path, 'decision');
    expect(due > city.day()).to.equal(true);
    expect(ledger.filter((one) => one.counted && one.day <= city.day())).to.have.length(counted);
    expect(
      ledger.some((one) => !one.counted && one.why !== 'working-day'),
      'a weekend is in it',
    ).to.equal(true);
    expect((await see(path)).deadlines[0]).to.include.keys('pack', 'source', 'verified', 'provisional');
  });

  shows('extended-by-two', async () => {
    const path = await advised();
    const before = (await deadline(path, 'decision')).due;
    done(await give('approver', path, 'extend', { reason: 'An expert is asked' }));
    expect((await deadline(path, 'decision')).due, 'proposed is not extended').to.equal(before);
    refused(await give('approver', path, 'confirm-extension'), 403, 'second-person');
    done(await give('approver-deputy', path, 'confirm-extension'));
    expect((await deadline(path, 'decision')).due > before).to.equal(true);
    refused(await give('approver', path, 'extend', { reason: 'More' }), 409, 'extension-spent');
  });

  shows('queue-and-assignment', async () => {
    const path = await advised();
    expect(await queued('approver', 'mine')).to.include(path);
    done(await give('approver', path, 'claim'));
    refused(await give('approver-deputy', path, 'refuse', REFUSAL), 409, 'claimed-by-another');
    const deputy = (await city.town.me('approver-deputy')).subject.id;
    expect(done(await give('approver', path, 'reassign', { to: deputy })).body.assignee.id).to.equal(deputy);
    await city.wait(40 * DAY);
    expect(await queued('approver-deputy', 'overdue')).to.include(path);
    done(await give('approver-deputy', path, 'release'));
    done(await give('approver', path, 'claim'));
  });

  shows('deputies', async () => {
    expect(done(await give('approver-deputy', await advised(), 'approve')).body.state).to.equal('approved');
  });

  shows('what-changed', async () => {
    const path = await submitted();
    const { securityPlan } = await see(path);
    done(await give(REVIEWER, path, 'request-correction', { defects: [{ text: 'Who keeps it?' }] }));
    done(await (await city.town.as(HANDLER)).change(path, { securityPlan: 'Ling keeps it' }));
    done(await give(HANDLER, path, 'submit'));
    expect((await see(path, REVIEWER)).changes).to.deep.equal([
      { pointer: '/securityPlan', before: securityPlan, after: 'Ling keeps it' },
    ]);
  });

  shows('kept-among-officers', async () => {
    const path = await advised();
    const before = (await see(path)).history.length;
    done(await give('approver', path, 'remark', { text: 'Ask the lawyers', private: true }));
    const [mine, theirs] = [await see(path), await see(path, 'approver')];
    expect(JSON.stringify(mine)).to.not.match(/lawyers|advised/);
    expect([mine.history.length, 'advice' in mine]).to.deep.equal([before, false]);
    expect(JSON.stringify(theirs.history)).to.include('Ask the lawyers');
  });

  shows('how-others-ended', async () => {
    const dataset = await city.town.plain();
    const earlier = await city.town.advised([dataset]);
    done(await give('approver', earlier, 'refuse', REFUSAL));
    await city.act();
    const path = await city.town.advised([dataset]);
    const { items } = await see(`${path}/similar-cases`, 'approver');
    const alike = items.find((one: { application: string }) => earlier.endsWith(one.application));
    expect(alike.traits).to.include.members(['dataset', 'purpose']);
    expect(alike.datasets[0].ruling).to.equal('refused');
    const asked = await (await city.town.as(HANDLER)).get(`${path}/similar-cases`);
    expect(asked.status, 'not the applicant').to.be.oneOf([403, 404]);
  });

  shows('questions-and-answers', async () => {
    const path = await submitted();
    done(await give(REVIEWER, path, 'ask', { text: 'Which model?' }));
    done(await give(HANDLER, path, 'answer', { text: 'Of travel times' }));
    for (const side of [HANDLER, REVIEWER] as const) {
      const [question] = (await see(path, side)).questions;
      expect([question.text, question.answer.text], side).to.deep.equal(['Which model?', 'Of travel times']);
    }
  });

  shows('refusal-with-a-way-on', async () => {
    const path = await advised();
    done(await give('approver', path, 'refuse', REFUSAL));
    const told = await see(path);
    expect(told.reasons[0]).to.include({ code: 'items-excessive', text: 'The hour is not needed' });
    expect(told.reasons[0].remedy).to.match(/\S/);
    expect(told.allowedCommands).to.include('appeal');
    done(await give(HANDLER, path, 'appeal', { reason: 'It is needed' }));
    const decided = await give('approver-deputy', path, 'decide-appeal', { outcome: 'reopened', reason: 'It is' });
    expect([done(decided).body.state, decided.body.stage]).to.deep.equal(['in-review', 'authority']);
  });

  shows('contested-elsewhere', async () => {
    const path = await advised();
    done(await give('approver', path, 'refuse', REFUSAL));
    await city.wait(10 * DAY);
    const filed = { kind: 'litigation', forum: 'Railway Transport Court', filedOn: city.day(-3), reference: '7' };
    done(await give('approver', path, 'record-proceeding', filed));
    const told = await see(path);
    expect([told.state, told.proceedings]).to.deep.equal(['refused', [{ ...filed, ended: null }]]);
    await city.wait(20 * DAY);
    const end = { outcome: 'annulled', on: city.day(-1), text: 'To be ruled anew' };
    done(await give('approver', path, 'record-proceeding-outcome', { kind: 'litigation', ...end }));
    expect((await see(path)).proceedings).to.deep.equal([{ ...filed, ended: end }]);
    const events = (await see('/api/notifications?limit=100')).items
      .filter(({ href }: { href: string }) => href === path)
      .map(({ event }: { event: string }) => event);
    expect(events).to.include.members(['application.proceeding-recorded', 'application.proceeding-ended']);
    const { proceedings } = await see('/api/statistics/full', 'approver');
    expect(proceedings.find(({ kind }: { kind: string }) => kind === 'litigation').recorded).to.equal(1);
    const again = { outcome: 'reopened', reason: 'The court annulled it' };
    const opened = done(await give('approver-deputy', path, 'decide-appeal', again)).body;
    expect([opened.state, opened.stage, opened.history.at(-1).data.cause]).to.deep.equal([
      'in-review',
      'authority',
      'annulled',
    ]);
  });
});

const REFUSAL = { reasons: [{ code: 'items-excessive', text: 'The hour is not needed' }] };
