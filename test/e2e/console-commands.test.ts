import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { LANGUAGES } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

interface Commanded {
  readonly id: string;
  readonly state: string;
  readonly allowedCommands: readonly string[];
}
/** Who looks at which kind of thing: the address of its screen, and of the API behind it. */
const LISTS = [
  ['enterprise-b-handler', 'applications'],
  ['enterprise-b-signatory', 'applications'],
  ['reviewer-transport', 'applications'],
  ['approver', 'applications'],
  ['supervisor', 'applications'],
  ['auditor', 'applications'],
  ['enterprise-b-handler', 'grants'],
  ['supervisor', 'grants'],
  ['auditor', 'grants'],
] as const;
/** Given at once: they need nothing said. */
const AT_ONCE = new Set(['submit', 'accept', 'claim', 'release', 'copy-as-new', 'confirm-extension']);

/** Two cases in one state that allow the same are one case to the screen. */
const oneOfEach = (things: readonly Commanded[]): Commanded[] => [
  ...new Map(things.map((thing) => [JSON.stringify([thing.state, thing.allowedCommands]), thing])).values(),
];

describeAtDesk('commands in the console', (desk) => {
  const thingsOf = async (username: string, kind: string, state = ''): Promise<Commanded[]> => {
    const caller = await Caller.person(desk.address, username);
    const query = state === '' ? '' : `&state=${state}`;
    const { items } = (await caller.get(`/api/${kind}?limit=100${query}`)).body as { items: { id: string }[] };
    return Promise.all(items.map(async ({ id }) => (await caller.get(`/api/${kind}/${id}`)).body as Commanded));
  };

  for (const [username, kind] of LISTS) {
    it(`are offered to ${username} on ${kind} exactly as the server allows them`, async function () {
      this.timeout(240_000);
      const user = await desk.open('en', username);
      const things = await thingsOf(username, kind);
      expect(things, `${kind} of ${username}`).not.to.have.length(0);
      for (const { id, allowedCommands } of oneOfEach(things)) {
        await user.visit(`/${kind}/${id}`);
        expect(await user.commands(), `${kind}/${id}`).to.have.members(allowedCommands);
      }
      await user.close();
    });
  }

  for (const language of LANGUAGES) {
    it(`open forms that are sound, each of them, in ${language}`, async function () {
      this.timeout(240_000);
      const seen = new Set<string>();
      for (const [username, kind] of LISTS) {
        const fresh = (await thingsOf(username, kind)).filter(({ allowedCommands }) =>
          allowedCommands.some((name) => !seen.has(name) && !AT_ONCE.has(name)),
        );
        if (fresh.length === 0) continue;
        const user = await desk.open(language, username);
        for (const { id, allowedCommands } of fresh) {
          const wanted = allowedCommands.filter((name) => !seen.has(name) && !AT_ONCE.has(name));
          if (wanted.length > 0) await user.visit(`/${kind}/${id}`);
          for (const name of wanted) {
            seen.add(name);
            await user.page.locator(`button[data-command="${name}"]`).click();
            const form = user.page.locator(`form[data-command="${name}"]`);
            await form.getByRole('heading', { name: user.say(`codes.command.${name}`) }).waitFor();
            await user.isSound(`the form of ${name}`);
            await user.press('action.cancel');
          }
        }
        await user.close();
      }
      expect([...seen]).to.include.members([
        'approve',
        'refuse',
        'ask',
        'remark',
        'suspend',
        'limit',
        'revoke',
        'answer',
      ]);
    });
  }

  it('are given once, however often the button is pressed', async () => {
    const [{ id } = { id: '' }] = await thingsOf('reviewer-transport', 'applications', 'submitted');
    const user = await desk.open('en', 'reviewer-transport');
    await user.visit(`/applications/${id}`);
    const sent: string[] = [];
    user.page.on('request', (request) => {
      if (request.url().endsWith('/commands/accept')) sent.push(request.headers()['idempotency-key'] ?? '');
    });
    await user.page.locator('button[data-command="accept"]').dblclick({ delay: 60 });
    await user.page.getByText(user.say('command.done', { command: user.say('codes.command.accept') })).waitFor();
    await user.settled();
    expect(sent).to.have.length(1);
    expect(sent[0]).to.match(/^[0-9a-f-]{36}$/);
    expect(await user.commands(), 'nothing further was pressed').to.include('claim');
    await user.close();
  });

  it('are sent again under the same key when nobody knows whether they took effect', async () => {
    const id = (await thingsOf('enterprise-b-handler', 'applications')).find(({ allowedCommands }) =>
      allowedCommands.includes('remark'),
    )?.id;
    const user = await desk.open('zh-CN', 'enterprise-b-handler');
    await user.visit(`/applications/${id}`);
    await user.page.locator('button[data-command="remark"]').click();
    await user.fill('command.text', '补充说明一次');
    const keys: string[] = [];
    await user.page.route('**/commands/remark', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      const answer = await route.fetch();
      // The server did it; the first answer is lost on the way.
      if (keys.length === 1) await route.abort('connectionreset');
      else await route.fulfill({ response: answer });
    });
    const submit = user.page.locator('form[data-command="remark"] button[type=submit]');
    await submit.click();
    await user.page.getByText(user.say('problem.network.title')).waitFor();
    await submit.click();
    await user.page.getByText(user.say('command.done', { command: user.say('codes.command.remark') })).waitFor();
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
    await user.settled();
    expect(await user.page.locator('.timeline .said', { hasText: '补充说明一次' }).count()).to.equal(1);
    await user.close();
  });

  it('say what the server has against a field beside that field', async () => {
    const [{ id } = { id: '' }] = await thingsOf('enterprise-b-handler', 'applications', 'draft');
    const user = await desk.open('zh-CN', 'enterprise-b-handler');
    await user.visit(`/applications/${id}`);
    await user.page.locator('button[data-command="add-member"]').click();
    const select = user.page.getByLabel(user.say('person.label'));
    await select.selectOption({ index: 1 });
    const chosen = await select.inputValue();
    // The person leaves the organisation between the choice and the command.
    await user.page.route('**/commands/add-member', (route) =>
      route.continue({ postData: JSON.stringify({ subject: 'nobody' }) }),
    );
    await user.page.locator('form[data-command="add-member"] button[type=submit]').click();
    const field = user.page.locator('form[data-command="add-member"] select[aria-invalid="true"]');
    await field.waitFor();
    const described = (await field.getAttribute('aria-describedby')) ?? '';
    const texts = await user.page.evaluate<string>(
      `${JSON.stringify(described.split(' '))}.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')`,
    );
    expect(texts).to.match(/\p{Script=Han}/u);
    expect(await field.inputValue(), 'what was chosen').to.equal(chosen);
    await user.isSound('a refused form');
    await user.close();
  });
});

describeAtDesk('drafts in the console', (desk) => {
  const begin = async (username = 'enterprise-b-handler') => {
    const caller = await Caller.person(desk.address, username);
    const { items } = (await caller.get('/api/datasets?tier=conditional&field=environment&limit=100')).body as {
      items: { id: string }[];
    };
    const full = await Promise.all(items.map(async ({ id }) => (await caller.get(`/api/datasets/${id}`)).body));
    const dataset = full.find(({ nextStep }) => nextStep.code === 'apply').id as string;
    const user = await desk.open('en', username);
    await user.visit(`/datasets/${dataset}/apply`);
    await user.page.locator('select').first().selectOption('research');
    await user.fill('apply.scenario', 'Noise along the ring road');
    await user.page.getByLabel(user.say('apply.project')).focus();
    await user.page.waitForURL(/draft=/);
    await user.page.getByText(user.say('apply.saved')).waitFor();
    return { user, caller, id: new URL(user.page.url()).searchParams.get('draft') ?? '' };
  };
  const scenarioOf = async (caller: Caller, id: string): Promise<string> =>
    (await caller.get(`/api/applications/${id}`)).body.purpose.scenario as string;

  it('are kept as one goes, and found again after a reload', async () => {
    const { user, caller, id } = await begin();
    expect(await scenarioOf(caller, id)).to.equal('Noise along the ring road');
    await user.fill('apply.scenario', 'Noise along the ring road, at night');
    await user.page.getByText(user.say('apply.unsaved')).waitFor();
    await user.page.getByLabel(user.say('apply.project')).focus();
    await user.page.getByText(user.say('apply.saved')).waitFor();
    await user.page.reload();
    await user.settled();
    expect(await user.page.locator('textarea').first().inputValue()).to.equal('Noise along the ring road, at night');
    expect(user.page.url()).to.contain(id);
    await user.close();
  });

  it('changed in another window are not overwritten unseen: the person is told, and what was written stays', async () => {
    const { user, caller, id } = await begin();
    await caller.change(`/api/applications/${id}`, { purpose: { category: 'research', scenario: 'From elsewhere' } });
    await user.fill('apply.scenario', 'From here');
    await user.press('apply.save');
    await user.page.getByRole('alert').waitFor();
    expect(await scenarioOf(caller, id)).to.equal('From elsewhere');
    expect(await user.page.locator('textarea').first().inputValue()).to.equal('From here');
    await user.isSound('a draft that changed elsewhere');
    await user.press('apply.save');
    await user.page.getByText(user.say('apply.saved')).waitFor();
    expect(await scenarioOf(caller, id)).to.equal('From here');
    await user.close();
  });

  it('that are not complete are refused beside the field, which gets the focus', async () => {
    const { user } = await begin();
    await user.fill('apply.scenario', '');
    await user.press('apply.submit');
    await user.page.getByRole('alert').waitFor();
    await user.page.locator('textarea[aria-invalid="true"]').waitFor();
    expect(await user.page.evaluate<string>('document.activeElement?.getAttribute("aria-invalid")')).to.equal('true');
    await user.page.getByText(user.say('codes.fault.scenario-missing')).first().waitFor();
    await user.isSound('a refused application');
    await user.fill('apply.scenario', 'Noise along the ring road');
    await user.fill('apply.securityPlan', 'Two named persons.');
    await user.close();
  });
});
