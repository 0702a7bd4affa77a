import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';
import { withApp } from './product.js';
import { secretFor } from './secret.js';

const VARIABLE = 'TIERGATE_ADMIN_PASSWORD';

export async function run(call: Call): Promise<Exit> {
  const username = textOption(call, 'username');
  if (username === undefined)
    throw new CannotRun(
      { en: '--username <name> is missing: what they sign in with', zh: '缺少 --username <登录名>' },
      EXIT.usage,
    );
  const name = textOption(call, 'name') ?? username;
  const centre = textOption(call, 'centre') ?? 'Big data centre';
  const creditCode = textOption(call, 'credit-code') ?? null;
  const password = await secretFor(call, VARIABLE);
  return withApp(call, async ({ slices }) => {
    const input = { username, name, password, centre: { name: { zh: centre }, creditCode } };
    const made = await slices.identity.createAdministrator(input);
    if (made.ok) {
      call.out(call.say(`${username} administers now; sign in`, `${username} 已成为管理员，请登录`));
      return EXIT.ok;
    }
    const faults = made.error.errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`) ?? [];
    const why = [made.error.code, ...(made.error.detail === undefined ? [] : [made.error.detail]), ...faults].join(
      '\n  ',
    );
    throw new CannotRun({ en: `refused: ${why}`, zh: `被拒绝：${why}` });
  });
}

/** The first administrator of a new installation, or one more when nobody can sign in any longer. */
