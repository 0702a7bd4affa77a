import type { ParseArgsConfig } from 'node:util';
import type { Language, Text } from '../kernel/text.js';

/** What a command tells the shell. */
export const EXIT = {
  /** Done, or everything is as it should be. */
  ok: 0,
  /** What was looked at is not as it should be: an edited row, a failing case, a setting to change. */
  found: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The command could not be carried out: database in use or not reached, file not read, refused. */
  failed: 3,
} as const;
/** `classify` has codes of its own: its report says which. */
export type Exit = number;

type OptionSpec = NonNullable<ParseArgsConfig['options']>[string];
export type CommandOptions = Readonly<Record<string, OptionSpec & { readonly says: Text }>>;

/** A run of a command: what was given, and where to write. */
export interface Call {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
  /** Writes a line of the answer. */
  out(line: string): void;
  /** Writes a line for the person at the terminal. */
  tell(line: string): void;
  /** The text in the caller's language. */
  say(en: string, zh: string): string;
}

/** One command of `tiergate`: its name may be two words. */
export interface Command {
  readonly name: string;
  /** What stands after the name, for example `<file> [--source <code>]`. */
  readonly takes: string;
  readonly summary: Text;
  /** How many arguments it needs and allows. */
  readonly arguments: readonly [least: number, most: number];
  readonly options: CommandOptions;
  /** The module that runs it, with all it needs. */
  load(): Promise<{ run(call: Call): Promise<Exit> }>;
}

/** A failure with the words for the person at the terminal: what is wrong and what to do. */
export class CannotRun extends Error {
  constructor(
    readonly text: Text,
    readonly exit: Exit = EXIT.failed,
  ) {
    super(text.en ?? '');
  }
}

/** The option's text, or `undefined` where it was not given. */
export function textOption(call: Call, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
}
