import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import { type Day, dayOf, type Instant } from '../../kernel/time.js';
import type { Words } from '../../kernel/wording.js';
import type { Reader } from '../../persistence/index.js';
import type { Fact, FactRow } from '../domain/notice.js';
import type { NoticeSurroundings } from '../notice-ports.js';

/** What one round of issuing reads, names and titles each once. */
export class Around {
  private readonly titles = new Map<Id, Promise<Text>>();
  private readonly bodies = new Map<Id, ReturnType<NoticeSurroundings['organisation']>>();

  constructor(
    readonly ports: NoticeSurroundings,
    readonly reader: Reader,
    private readonly words: Words,
  ) {}

  organisation = async (id: Id): Promise<Text> => (await this.body(id))?.name ?? {};

  creditCode = async (id: Id): Promise<string | null> => (await this.body(id))?.creditCode ?? null;

  title = (id: Id): Promise<Text> =>
    once(this.titles, id, async () => (await this.ports.datasetTitle(this.reader, id)) ?? {});

  /** The word of a code; the code itself where the table has none. */
  word(family: string, code: string): Text {
    return this.words[family]?.[code] ?? { zh: code, en: code };
  }

  private body(id: Id): ReturnType<NoticeSurroundings['organisation']> {
    return once(this.bodies, id, () => this.ports.organisation(this.reader, id));
  }
}

function once<Value>(known: Map<Id, Promise<Value>>, id: Id, read: () => Promise<Value>): Promise<Value> {
  const found = known.get(id) ?? read();
  known.set(id, found);
  return found;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day as it stands in a document. */
export function dayText(day: Day): Text {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { zh: `${year}年${month}月${date}日`, en: `${date} ${MONTHS[month - 1]} ${year}` };
}

/** The last day before an instant: ends are half-open. */
export const lastDay = (until: Instant | null | undefined): Text | null =>
  typeof until === 'number' ? dayText(dayOf(until - 1)) : null;

/** The words of what is asked for or given: opening, or sharing between bodies, which never opens anything. */
export const wayFacts = (around: Around, { kind }: { readonly kind?: 'sharing' }): FactRow =>
  Object.fromEntries(
    ['what', 'act', 'terms', 'redress'].map((family) => [family, around.word(family, kind ?? 'opening')]),
  );

/** Facts that are there; the others leave their place empty. */
export const present = (facts: Readonly<Record<string, Fact | null | undefined>>): FactRow =>
  Object.fromEntries(Object.entries(facts).filter((one): one is [string, Fact] => one[1] != null && one[1] !== ''));

/** Numbers the rows of a list from 1. */
export const numbered = (rows: readonly Readonly<Record<string, Fact | null | undefined>>[]): readonly FactRow[] =>
  rows.map((row, at) => present({ at: String(at + 1), ...row }));

/** Texts one after the other; null where there is none. */
export const joined = (texts: readonly Text[]): Text | null =>
  texts.length === 0
    ? null
    : {
        zh: texts.map(({ zh, en }) => zh ?? en ?? '').join('；'),
        en: texts.map(({ zh, en }) => en ?? zh ?? '').join('; '),
      };
