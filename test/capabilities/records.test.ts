import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { dayOf } from '../../src/kernel/time.js';
import { quarterOf } from '../../src/register/domain/quarter.js';
import { demonstrate } from '../support/capability.js';
import { headersOf, textOf } from '../support/mail-server.js';
import { wantMail } from '../support/mail-address.js';
import { dayBefore, plant, quarterBefore } from '../support/register-planting.js';
import { type Account, done, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const REVIEWER = 'reviewer-transport';
const DAY = 86_400_000;

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

demonstrate('records', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER): Promise<Body> =>
    done(await (await city.town.as(by)).get(path)).body;
  const idIn = (path: string): string => path.split('/').at(-1) as string;
  const told = async (path: string, by: Account = HANDLER): Promise<string[]> =>
    (await see('/api/notifications?limit=100', by)).items
      .filter(({ href }: Body) => href === path)
      .map(({ event }: Body) => event);
  const once = (events: readonly string[], event: string) =>
    expect(
      events.filter((one) => one === event),
      event,
    ).to.have.length(1);

  shows('told-of-each-step', async () => {
    const handler = await city.town.as(HANDLER);
    const wish = { address: 'zhang@example.org', mode: 'at-once', language: 'en' } as const;
    await wantMail(city.town.app, handler, wish);
    const { application } = await city.town.granted([await city.town.plain()], { reason: 'Between us' });
    const events = await told(application);
    for (const step of ['submitted', 'accepted', 'approved', 'concluded']) once(events, `application.${step}`);
    expect(await told(application, 'enterprise-b-handler')).to.deep.equal([]);
    const { slices, unit } = city.town.app;
    await slices.notifications.mail.sendDue(unit);
    const folder = city.mailFolder;
    const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const mine = mails.filter((raw) => textOf(raw).includes(idIn(application)));
    expect(mine.map((raw) => headersOf(raw).get('to')).every((to) => to?.includes('zhang@example.org'))).to.equal(true);
    expect(mine.length).to.be.at.least(4);
    for (const raw of mine) expect(textOf(raw)).to.not.include('Between us');
  });

  shows('reminded-before-the-day', async () => {
    const path = await city.town.submitted([await city.town.plain()]);
    const { due } = (await see(path, REVIEWER)).deadlines[0];
    await city.wait(Date.parse(`${due}T04:00:00+08:00`) - DAY - city.now());
    await Promise.all([city.act(), city.act()]);
    await city.wait(3 * DAY);
    const events = await told(path, REVIEWER);
    for (const event of ['reminder.due', 'application.overdue']) once(events, event);
    once(await told(path, 'supervisor'), 'application.overdue');
  });

  shows('warned-before-the-end', async () => {
    const period = { from: city.day(), to: city.day(60) };
    const { grant } = await city.town.granted([await city.town.plain()], undefined, { period });
    expect(await told(grant)).to.not.include('reminder.due');
    await city.wait(32 * DAY);
    await city.act();
    once(await told(grant), 'reminder.due');
    expect((await see(grant)).allowedCommands).to.include('renew');
  });

  shows('whole-history', async () => {
    const path = await city.town.advised([await city.town.plain()]);
    const events = async (by: Account) => (await see(path, by)).history.map(({ event }: Body) => event.split('.')[1]);
    expect(await events('approver')).to.deep.equal(['created', 'submitted', 'accepted', 'claimed', 'advised']);
    expect(await events(HANDLER)).to.deep.equal(['created', 'submitted', 'accepted']);
    for (const { data } of (await see(path)).history) expect(JSON.stringify(data)).to.not.match(/\*{3}|█|redacted/);
  });

  shows('log-to-query', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset], { datasets: [{ dataset: dataset.id, quota: 2 }] });
    const portal = await city.town.portal();
    const { evaluationId } = (await city.town.ask(dataset)).context;
    expect(done(await portal.post('/access/v1/deliveries', { evaluationId }), 201).body.grantDeliveries).to.equal(1);
    const log = `/api/audit/entries?subjectKind=grant&subjectId=${idIn(grant)}&after=0`;
    const { items } = await see(log, 'auditor');
    expect(items.map(({ event }: Body) => event)).to.include.members(['grant.created', 'grant.activated']);
    refused(await (await city.town.as('supervisor')).get(log), 403, 'forbidden');
  });

  shows('use-of-own-data', async () => {
    const dataset = await city.town.plain();
    const usage = async (by: Account): Promise<Body> => {
      await city.town.app.slices.decisions.book.flush();
      return see(`/api/decisions/usage?dataset=${dataset.id}`, by);
    };
    const before = await usage('steward-transport');
    expect(await city.town.reason(dataset)).to.equal('no-grant');
    await city.town.granted([dataset]);
    const { evaluationId } = (await city.town.ask(dataset)).context;
    done(await (await city.town.portal()).post('/access/v1/deliveries', { evaluationId }), 201);
    const after = await usage('steward-transport');
    for (const what of ['permitted', 'denied', 'delivered']) expect(after[what] - before[what], what).to.equal(1);
    expect(after.reasons.map(({ reason }: Body) => reason)).to.include.members(['granted', 'no-grant']);
    refused(
      await (await city.town.as('steward-health')).get(`/api/decisions/usage?dataset=${dataset.id}`),
      404,
      'not-found',
    );
  });

  shows('edited-by-hand-is-found', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    done(await city.town.give('supervisor', grant, 'suspend', { reason: 'Reported' }));
    const { database, sweep } = city.town.app;
    const edit = `UPDATE grants SET state = 'active', ends_at = '2099-01-01 00:00:00.000' WHERE id = '${idIn(grant)}'`;
    await database.write((manager) => manager.query(edit));
    await sweep.round();
    expect(await city.town.reason(dataset)).to.equal('record-tampered');
  });

  shows('cases-leave-as-files', async () => {
    const scenario = '=HYPERLINK("http://elsewhere.example")';
    const path = await city.town.submitted([await city.town.plain()], { purpose: { category: 'research', scenario } });
    const caller = await city.town.as(HANDLER);
    const [pdf, csv, json] = await Promise.all(
      ['pdf', 'csv', 'json'].map((form) => caller.get(`${path}/case.${form}`)),
    );
    expect(pdf?.text.slice(0, 5)).to.equal('%PDF-');
    expect(csv?.text)
      .to.include(`'=HYPERLINK`)
      .and.not.match(/(^|,)"?=HYPERLINK/m);
    expect(JSON.stringify(json?.body)).to.include((await see(path)).number);
    const queue = await (await city.town.as(REVIEWER)).get('/api/applications/queue.csv?queue=mine');
    expect(queue.text).to.include((await see(path)).number);
    refused(await (await city.town.as('enterprise-b-handler')).get(`${path}/case.pdf`), 404, 'not-found');
  });

  shows('numbered-notices', async () => {
    const { application } = await city.town.granted([await city.town.plain()]);
    const { items } = await see(`/api/notices?application=${idIn(application)}`);
    expect(items.map(({ kind }: Body) => kind)).to.have.members(['acceptance', 'approval', 'grant']);
    const [{ number, hash, links }] = items;
    const { notice } = await see(links.json);
    expect(notice).to.include.keys('zh', 'en');
    const check = (given: string) =>
      city.town.anonymous.get(`/api/notices/check?${new URLSearchParams({ number, hash: given }).toString()}`);
    expect(done(await check(hash)).body.known).to.equal(true);
    expect((await check('0'.repeat(64))).body.known).to.not.equal(true);
  });

  shows('turnaround-in-public', async () => {
    const today = dayOf(city.now());
    const holder = (await city.town.me(REVIEWER)).organisation.id;
    const health = (await city.town.me('reviewer-health')).organisation.id;
    // A quarter long before the demo, in which nobody else was ruled on.
    const ruled = { ruledOn: dayBefore(today, 4) };
    const period = quarterBefore(today, 4);
    const { id } = await city.town.plain();
    await plant(city.town.app, [
      { ...ruled, holder, field: 'transport', dataset: id, applicants: 8 },
      { ...ruled, holder: health, field: 'health', dataset: 'few', applicants: 3 },
    ]);
    await city.act();
    const { whole, holders } = done(await city.town.anonymous.get(`/api/statistics?period=${period}`)).body;
    expect(whole.count, 'three would be too few to tell').to.equal(8);
    expect(JSON.stringify(whole)).to.match(/median|p90/);
    expect(holders.map((one: Body) => one.holder?.id))
      .to.include(holder)
      .and.not.include(health);
  });

  shows('judged-alike', async () => {
    const today = dayOf(city.now());
    const { subject, organisation } = await city.town.me(REVIEWER);
    const person = subject.id;
    const { id: dataset } = await city.town.plain();
    // A quarter of its own, before that of turnaround-in-public.
    const about = { holder: organisation.id, field: 'transport', dataset, ruledOn: dayBefore(today, 5) } as const;
    const advised = (by: string, ruling: 'approved' | 'refused') => ({
      ...about,
      applicants: 12,
      more: { ruling, judges: { advised: { by, ruling }, ruledBy: null } },
    });
    await plant(city.town.app, [advised(person, 'refused'), advised('R2', 'approved'), advised('R3', 'approved')]);
    const path = `/api/statistics/judging?period=${quarterBefore(today, 5)}`;
    const lines = async (by: Account) =>
      (await see(path, by)).desks.flatMap(({ people }: Body) => people.map((one: Body) => [one.person, one.differs]));
    expect(await lines('supervisor'))
      .to.deep.include([person, 'below'])
      .and.have.length(3);
    expect(await lines(REVIEWER)).to.deep.equal([[person, 'below']]);
    refused(await (await city.town.as(HANDLER)).get(path), 403, 'forbidden');
  });

  shows('complaints-in-public', async () => {
    const { id } = await city.town.plain('health');
    const { organisation } = await city.town.me('reviewer-health');
    const objection = { about: 'quality', fault: 'wrong-values', dataset: id, reason: 'Off by one.' };
    const filed = done(await city.town.anonymous.post('/api/objections', objection)).body;
    const answer = { outcome: 'mended', text: 'Mended.', mendedOn: dayOf(city.now()) };
    done(await city.town.give('steward-health', `/api/complaints/${filed.id}`, 'answer', answer));
    const other = (await city.town.plain()).id;
    const rights = { about: 'rights', right: 'trade-secret', dataset: other, reason: 'It is ours.' };
    done(await (await city.town.as(HANDLER)).post('/api/objections', rights));
    const counted = async (): Promise<Body> => (await see('/api/statistics', HANDLER)).complaints;
    const period = quarterOf(dayOf(city.now()));
    const answered = async () =>
      (await counted()).quality.filter((one: Body) => one.period === period && one.holder.id === organisation.id);
    expect(await answered(), 'not before the quarter is over').to.deep.equal([]);
    await city.wait(93 * DAY);
    await city.act();
    expect((await answered())[0]).to.include({ share: 1, undecided: 0 });
    expect((await answered())[0].mended).to.be.at.least(1);
    expect((await counted()).rights, 'one who complains is not told').to.deep.equal([]);
    const csv = done(await city.town.anonymous.get(`/api/statistics/complaints.csv?period=${period}`)).text;
    expect(csv).to.contain(period);
  });

  shows('mail-to-its-owner', async () => {
    const [who, address] = ['enterprise-b-handler', 'zhou@example.org'] as const;
    const handler = await city.town.as(who);
    const { etag } = await see('/api/me/mail', who);
    const wish = { address, mode: 'at-once', language: 'en' };
    done(await handler.send('PATCH', '/api/me/mail', wish, { 'if-match': etag }));
    const { slices, unit } = city.town.app;
    const letters = async (): Promise<string[]> => {
      await slices.notifications.mail.sendDue(unit);
      const raw = readdirSync(city.mailFolder).map((file) => readFileSync(join(city.mailFolder, file), 'utf8'));
      return raw.filter((one) => headersOf(one).get('to')?.includes(address)).map(textOf);
    };
    const step = async () =>
      done(
        await city.town.give(
          'reviewer-transport',
          await city.town.submitted([await city.town.plain()], {}, who),
          'accept',
        ),
      );
    await step();
    const [letter, ...others] = await letters();
    expect(others, 'nothing but the code').to.deep.equal([]);
    const code = /^ {2}([2-9A-Z]{8})$/m.exec(letter ?? '')?.[1];
    refused(await handler.post('/api/me/mail/commands/confirm', { code: 'AAAAAAAA' }), 400, 'invalid-body');
    done(await handler.post('/api/me/mail/commands/confirm', { code }));
    await step();
    expect(await letters()).to.have.length.above(1);
  });

  shows('mails-tried-again', async () => {
    const [who, address] = ['enterprise-b-handler', 'chen@example.org'] as const;
    const me = await city.town.me(who);
    const handler = await city.town.as(who);
    await wantMail(city.town.app, handler, { address, mode: 'at-once', language: 'en' });
    const { slices, unit } = city.town.app;
    rmSync(city.mailFolder, { recursive: true, force: true });
    writeFileSync(city.mailFolder, 'in the way');
    done(
      await city.town.give(
        'reviewer-transport',
        await city.town.submitted([await city.town.plain()], {}, who),
        'accept',
      ),
    );
    await slices.notifications.mail.sendDue(unit);
    const waiting = async (): Promise<Body[]> => (await see('/api/mails?state=waiting&limit=100', 'admin')).items;
    const held = await waiting();
    const mail = held.find(({ person }: Body) => person === me.subject.id);
    expect(mail).to.include({ personName: me.subject.name });
    expect(held.map(({ lastError }) => lastError).join(' '), 'why they wait').to.match(/EEXIST|ENOTDIR/);
    expect(JSON.stringify(held)).to.not.include(address);
    rmSync(city.mailFolder);
    for (const { id } of held) done(await city.town.give('admin', `/api/mails/${id}`, 'retry'));
    await slices.notifications.mail.sendDue(unit);
    expect(await waiting()).to.deep.equal([]);
    expect(readdirSync(city.mailFolder).length).to.be.above(0);
  });
});
