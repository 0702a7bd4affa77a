import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.js';
import { remediesOf } from '../catalogue/index.js';
import { UPLOAD_LIMIT } from '../http/index.js';
import { type Principal, SYSTEM } from '../kernel/principal.js';
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';
import { withApp } from './product.js';

interface Asked {
  readonly file: string;
  readonly format: string;
  readonly source: string;
  readonly profile: string | undefined;
}

/** What is told at the end, from here or from a server. */
interface Ended {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly issues: readonly { readonly identifier: string; readonly code: string; readonly detail: string }[];
  readonly failure: { readonly code: string; readonly detail: string } | null;
}

const failed = (en: string, zh: string): CannotRun => new CannotRun({ en, zh });

async function askedOf(call: Call): Promise<Asked> {
  const [file = ''] = call.positionals;
  const source = textOption(call, 'source');
  if (source === undefined)
    throw new CannotRun(
      {
        en: '--source <code> is missing: it names where the records come from',
        zh: '缺少 --source <代码>：它标明记录的来源',
      },
      EXIT.usage,
    );
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw failed(`${file}: there is no such file`, `${file}：没有这个文件`);
  return { file, source, format: textOption(call, 'format') ?? 'data-json', profile: textOption(call, 'profile') };
}

const OPERATOR: Principal = { kind: 'person', id: SYSTEM.id, name: 'tiergate import', organisation: null, roles: [] };
const MOST_ISSUES = 10_000;

async function here({ unit, slices }: App, asked: Asked): Promise<Ended> {
  const { importing, imports } = slices.catalogue;
  const started = await importing.start(OPERATOR, asked, createReadStream(asked.file), UPLOAD_LIMIT);
  if (!started.ok) {
    const { code, detail = '' } = started.error;
    throw failed(`refused: ${code} ${detail}`.trimEnd(), `被拒绝：${code} ${detail}`.trimEnd());
  }
  await importing.settled();
  const { id } = started.value;
  const [run, issues] = await unit.read((reader) =>
    Promise.all([imports.find(reader, id), imports.issues(reader, id, MOST_ISSUES)]),
  );
  if (run === null) throw failed('the import is gone', '导入记录不存在');
  return { state: run.state, counts: { ...run.counts }, issues, failure: run.failure };
}

async function answerOf(response: Response): Promise<Record<string, unknown>> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return body;
  const why = [body['code'], body['detail']].filter((part) => typeof part === 'string').join(': ');
  throw failed(`the server answered ${response.status} ${why}`, `服务返回 ${response.status} ${why}`);
}

async function signIn(call: Call, server: string): Promise<Record<string, string>> {
  const { TIERGATE_USERNAME: username, TIERGATE_PASSWORD: password } = call.environment;
  if (username === undefined || password === undefined)
    throw failed(
      'set TIERGATE_USERNAME and TIERGATE_PASSWORD to those of a steward or an administrator',
      '请将 TIERGATE_USERNAME 和 TIERGATE_PASSWORD 设为数据专员或管理员的账号和密码',
    );
  const body = JSON.stringify({ grantType: 'password', username, password });
  const headers = { 'content-type': 'application/json' };
  const answer = await answerOf(await fetch(`${server}/api/auth/token`, { method: 'POST', headers, body }));
  return { authorization: `Bearer ${String(answer['access_token'] as string)}` };
}

async function overHttp(call: Call, server: string, asked: Asked): Promise<Ended> {
  const authorization = await signIn(call, server);
  const { format, source, profile } = asked;
  const query = new URLSearchParams({ format, source, ...(profile === undefined ? {} : { profile }) });
  const sent = await fetch(`${server}/api/catalogue/imports?${query.toString()}`, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json' },
    body: await readFile(asked.file),
  });
  const { id } = (await answerOf(sent)) as { id: string };
  for (;;) {
    const run = await answerOf(await fetch(`${server}/api/catalogue/imports/${id}`, { headers: authorization }));
    if (run['state'] === 'done' || run['state'] === 'failed') return endedOf(run);
    await sleep(200);
  }
}

function endedOf(run: Record<string, unknown>): Ended {
  const numbers = Object.entries({ ...run, ...(run['tiers'] as object) });
  const counts = Object.fromEntries(numbers.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  const { state, issues } = run as unknown as Ended;
  return { state, counts, issues, failure: (run['failure'] ?? null) as Ended['failure'] };
}

const SHOWN = ['read', 'created', 'updated', 'unchanged', 'withdrawn', 'rejected', 'open', 'conditional', 'restricted'];

function report(call: Call, { state, counts, issues, failure }: Ended): Exit {
  for (const { identifier, code, detail } of issues) call.tell(`${identifier}: ${code}: ${detail}`);
  for (const { code, count, text } of remediesOf(issues, call.language)) call.tell(`${count} × ${code}: ${text}`);
  call.out(`${state}: ${SHOWN.map((name) => `${name} ${counts[name] ?? 0}`).join(', ')}, issues ${issues.length}`);
  if (failure !== null) call.tell(`${failure.code}: ${failure.detail}`);
  if (state !== 'done') return EXIT.failed;
  return (counts['rejected'] ?? 0) > 0 ? EXIT.found : EXIT.ok;
}

/** Brings a foreign catalogue in: into the database of the settings, or through a running server. */
export async function run(call: Call): Promise<Exit> {
  const asked = await askedOf(call);
  const server = textOption(call, 'server')?.replace(/\/$/, '');
  const ended =
    server === undefined ? await withApp(call, (app) => here(app, asked)) : await overHttp(call, server, asked);
  return report(call, ended);
}
