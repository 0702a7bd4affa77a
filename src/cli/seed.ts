import type { Logger } from '../operations/index.js';
import { createLogger } from '../operations/index.js';
import { type Call, CannotRun, EXIT, type Exit } from './command.js';
import { configOf, withApp } from './product.js';

/** A log that shows how far seeding is, a line a step. */
const showing = (call: Call, steps: string[]): Logger => ({
  ...createLogger('error'),
  info: (message, { count }) => {
    if (count === undefined) return;
    steps.push(message);
    call.out(`${message}: ${String(count as number)}`);
  },
});

/** Fills an empty database with the demo, as the first start in demo mode does. */
export async function run(call: Call): Promise<Exit> {
  if (configOf(call).mode !== 'demo')
    throw new CannotRun({
      en: 'demo accounts have a public password: nothing is seeded in production. For a demo set TIERGATE_MODE=demo and a database of its own',
      zh: '演示账号的密码是公开的，生产模式不写入演示数据。如需演示，请设置 TIERGATE_MODE=demo 并使用单独的数据库',
    });
  const steps: string[] = [];
  await withApp(call, async () => {}, { seeded: true, log: showing(call, steps) });
  if (steps.length === 0) call.out(call.say('nothing to do: the database is not empty', '无需执行：数据库不是空的'));
  return EXIT.ok;
}
