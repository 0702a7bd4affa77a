import { type Language, textIn } from '../kernel/text.js';
import type { Command } from './command.js';

const EXITS = {
  en: 'Exit codes: 0 done · 1 something found that is not as it should be · 2 not understood · 3 could not be done',
  zh: '退出码：0 完成 · 1 发现问题 · 2 命令行无法理解 · 3 无法执行',
};

/** An option among what a command takes; it may hold an optional part itself. */
const OPTION = / ?\[--(?:[^[\]]|\[[^\]]*\])*\]/g;

/** The list of commands. */
export function generalHelp(commands: readonly Command[], language: Language): string {
  const heads = commands.map(({ name, takes }) => `${name} ${takes.replaceAll(OPTION, '')}`.trimEnd());
  const width = Math.max(...heads.map(({ length }) => length));
  const rows = commands.map(({ summary }, at) => `  ${(heads[at] ?? '').padEnd(width)}  ${textIn(summary, language)}`);
  const [head, more] =
    language === 'zh'
      ? ['用法：tiergate <命令> [选项]', '某个命令的说明：tiergate <命令> --help；语言：--language zh|en']
      : ['Usage: tiergate <command> [options]', 'More on one: tiergate <command> --help; language: --language zh|en'];
  return [head, '', ...rows, '', more, EXITS[language]].join('\n');
}

/** Names what was not understood, and the commands that begin like it. */
export function unknownCommand(words: readonly string[], commands: readonly Command[], language: Language): string {
  const [first = ''] = words;
  const like = commands.map(({ name }) => name).filter((name) => name.startsWith(first) || first.startsWith(name));
  const meant = like.map((name) => `tiergate ${name}`).join(', ');
  const given = words.join(' ');
  if (language === 'zh')
    return `没有命令“${given}”。${meant === '' ? '' : `相近的有：${meant}。`}全部命令：tiergate --help`;
  return `there is no command "${given}".${meant === '' ? '' : ` There is: ${meant}.`} All of them: tiergate --help`;
}

/** What one command does, takes and understands. */
export function commandHelp(command: Command, language: Language): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const flag = option.type === 'boolean' ? `--${name}` : `--${name} <…>`;
    return `  ${flag.padEnd(24)}  ${textIn(option.says, language)}`;
  });
  const usage = `${language === 'zh' ? '用法' : 'Usage'}: tiergate ${command.name} ${command.takes}`.trimEnd();
  return [textIn(command.summary, language), '', usage, ...(options.length > 0 ? ['', ...options] : [])].join('\n');
}
