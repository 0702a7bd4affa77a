import { type Call, CannotRun, type Command, EXIT, type Exit, textOption } from './command.js';
import { withApp } from './product.js';
import { secretFor } from './secret.js';

const VARIABLE = 'TIERGATE_ADMIN_PASSWORD';

async function create(call: Call): Promise<Exit> {
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
export const adminCreateCommand: Command = {
  name: 'admin create',
  takes: '--username <name> [--name <full name>] [--centre <name>] [--credit-code <code>]',
  summary: {
    en: `make an administrator; the password comes from ${VARIABLE}, a pipe, or the terminal`,
    zh: `创建管理员；密码取自 ${VARIABLE}、管道或终端`,
  },
  arguments: [0, 0],
  options: {
    username: { type: 'string', says: { en: 'what they sign in with', zh: '登录名' } },
    name: { type: 'string', says: { en: 'their name', zh: '姓名' } },
    centre: {
      type: 'string',
      says: { en: 'the body that runs the product, where there is none yet', zh: '运行本产品的机构（尚无时创建）' },
    },
    'credit-code': { type: 'string', says: { en: 'its unified social credit code', zh: '该机构的统一社会信用代码' } },
  },
  run: create,
};
