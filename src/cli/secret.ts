import { createInterface } from 'node:readline/promises';
import process from 'node:process';
import { Writable } from 'node:stream';
import { type Call, CannotRun } from './command.js';

/** A password from the environment, from a pipe, or typed without being shown; never an argument others could list. */
export async function secretFor(call: Call, variable: string): Promise<string> {
  const given = call.environment[variable];
  if (given !== undefined && given !== '') return given;
  if (process.stdin.isTTY) call.tell(call.say('Password (not shown):', '密码（不显示）：'));
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  const first = await lines[Symbol.asyncIterator]().next();
  lines.close();
  if (first.done !== true && first.value !== '') return first.value;
  throw new CannotRun({
    en: `no password came; set ${variable}, or pipe it in`,
    zh: `没有收到密码；请设置 ${variable}，或通过管道输入`,
  });
}
