import { FakeTiergate } from '../../portal-kit/fake-server/index.js';
import { RULES, tryPortal } from '../../portal-kit/conformance/index.js';
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';

const LISTEN = 8099;

/** Tries a portal in any language against a Tiergate that is played, and prints what it must do and did not. */
export async function run(call: Call): Promise<Exit> {
  const file = addressOf(call.positionals[0] ?? '');
  const json = call.options['json'] === true;
  const fake = await listening(textOption(call, 'listen'));
  const visitor = headerOf(textOption(call, 'header') ?? 'authorization: Bearer portal-test-visitor');
  const other = headerOf(textOption(call, 'other') ?? 'authorization: Bearer portal-test-other');
  call.tell(
    call.say(
      `plays Tiergate on ${fake.address}: the portal has to ask there (any client id and secret)`,
      `模拟的 Tiergate 位于 ${fake.address}：门户须向此处询问（任意客户端账号）`,
    ),
  );
  try {
    const tried = await tryPortal(fake, { file, visitor, other }, (rule, { holds, saw }) => {
      if (json) return;
      const words = call.say(rule.en, rule.zh);
      call.out(holds ? `ok      ${rule.id}: ${words}` : `FAILED  ${rule.id}: ${words}\n          ${saw}`);
    });
    const failed = tried.filter(({ holds }) => !holds).length + RULES.length - tried.length;
    if (json) call.out(JSON.stringify({ rules: RULES.length, failed, tried }, null, 2));
    else
      call.out(
        call.say(
          `${RULES.length - failed} of ${RULES.length} rules hold`,
          `${RULES.length} 条规则中 ${RULES.length - failed} 条符合`,
        ),
      );
    return failed === 0 ? EXIT.ok : EXIT.found;
  } finally {
    await fake.stop();
  }
}

function addressOf(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new CannotRun({ en: `not an address of a file: ${text}`, zh: `不是文件地址：${text}` }, EXIT.usage);
}

function headerOf(text: string): Record<string, string> {
  const [, name, value] = /^([\w-]+):\s*(\S.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new CannotRun(
      { en: `not a header (name: value): ${text}`, zh: `不是请求头（名称: 值）：${text}` },
      EXIT.usage,
    );
  return { [name]: value };
}

async function listening(port: string | undefined): Promise<FakeTiergate> {
  const wanted = port === undefined ? LISTEN : Number(port);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
    throw new CannotRun({ en: `not a port: ${port}`, zh: `不是端口：${port}` }, EXIT.usage);
  return FakeTiergate.start(wanted).catch((error: unknown) => {
    const { message } = error as Error;
    throw new CannotRun({ en: `cannot listen on ${wanted}: ${message}`, zh: `无法监听 ${wanted}：${message}` });
  });
}
