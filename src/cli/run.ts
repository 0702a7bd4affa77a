import { parseArgs } from 'node:util';
import { type Language, textIn } from '../kernel/text.js';
import { VERSION } from '../kernel/version.js';
import { type Call, CannotRun, type Command, EXIT, type Exit } from './command.js';
import { commandHelp, generalHelp, unknownCommand } from './help.js';

/** Where a run reads and writes; tests bring their own. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  out(line: string): void;
  tell(line: string): void;
}

const LANGUAGE_FLAG = '--language';

/** `--language zh` anywhere, else TIERGATE_LANGUAGE, else the system's. */
function takeLanguage(words: readonly string[], environment: Terminal['environment']): [Language, string[]] {
  const at = words.findIndex((word) => word === LANGUAGE_FLAG || word.startsWith(`${LANGUAGE_FLAG}=`));
  const system = environment['TIERGATE_LANGUAGE'] ?? environment['LC_ALL'] ?? environment['LANG'] ?? '';
  if (at < 0) return [system.startsWith('zh') ? 'zh' : 'en', [...words]];
  const inline = words[at]?.includes('=') === true;
  const given = inline ? words[at]?.split('=')[1] : words[at + 1];
  return [given?.startsWith('zh') === true ? 'zh' : 'en', words.toSpliced(at, inline ? 1 : 2)];
}

/** The command whose name the words begin with; two-word names first. */
function commandOf(words: readonly string[], commands: readonly Command[]): [Command, string[]] | undefined {
  for (const length of [2, 1]) {
    const found = commands.find(({ name }) => name === words.slice(0, length).join(' '));
    if (found !== undefined) return [found, words.slice(length)];
  }
  return undefined;
}

function callOf(command: Command, words: string[], language: Language, terminal: Terminal): Call {
  const { values, positionals } = parseArgs({ args: words, options: command.options, allowPositionals: true });
  const [least, most] = command.arguments;
  if (positionals.length < least || positionals.length > most)
    throw new CannotRun(
      { en: `takes: tiergate ${command.name} ${command.takes}`, zh: `用法：tiergate ${command.name} ${command.takes}` },
      EXIT.usage,
    );
  return {
    positionals,
    options: values as Call['options'],
    environment: terminal.environment,
    language,
    out: (line) => terminal.out(line),
    tell: (line) => terminal.tell(line),
    say: (en, zh) => (language === 'zh' ? zh : en),
  };
}

function tellFailure(error: unknown, language: Language, command: Command, terminal: Terminal): Exit {
  if (error instanceof CannotRun) {
    terminal.tell(`tiergate ${command.name}: ${textIn(error.text, language)}`);
    return error.exit;
  }
  const { code, message } = error as { code?: string; message: string };
  terminal.tell(`tiergate ${command.name}: ${message}`);
  if (code?.startsWith('ERR_PARSE_ARGS') !== true) return EXIT.failed;
  terminal.tell(commandHelp(command, language));
  return EXIT.usage;
}

/** Runs one command line (without the program's name) and gives the exit code. */
export async function runCommandLine(
  line: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<Exit> {
  const [language, words] = takeLanguage(line, terminal.environment);
  const helpAsked = words.includes('--help') || words.includes('-h') || words[0] === 'help';
  const [command, rest] = commandOf(
    words.filter((word, at) => !(word === 'help' && at === 0)),
    commands,
  ) ?? [undefined, []];
  if (command === undefined) {
    if (words[0] === '--version') {
      terminal.out(VERSION);
      return EXIT.ok;
    }
    if (words.length === 0 || helpAsked) {
      terminal.out(generalHelp(commands, language));
      return EXIT.ok;
    }
    terminal.tell(unknownCommand(words, commands, language));
    return EXIT.usage;
  }
  if (helpAsked) {
    terminal.out(commandHelp(command, language));
    return EXIT.ok;
  }
  try {
    const call = callOf(command, rest, language, terminal);
    const { run } = await command.load();
    return await run(call);
  } catch (error) {
    return tellFailure(error, language, command, terminal);
  }
}
