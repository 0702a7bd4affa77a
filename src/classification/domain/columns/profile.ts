import type { Finding } from '../facts.js';
import { type Matcher, matcherOf } from '../lexicon.js';
import type { ColumnType, ColumnTypes } from '../pack.js';
import { type Validator, validators } from './values.js';

interface Counter {
  readonly type: ColumnType;
  readonly validate: Validator;
  readonly cued: boolean;
  matches: number;
}

const NO_NEGATIONS = { zh: ['不含'], en: ['non'], direct: ['非'], after: { zh: ['已去除'], en: ['removed'] } };

/** The column types of a pack made ready: validators bound, cues compiled. */
export interface ColumnRules {
  readonly version: number;
  readonly types: readonly { readonly type: ColumnType; readonly validate: Validator; readonly cue: Matcher }[];
}

export function columnRules(columns: ColumnTypes): ColumnRules {
  const known = validators(columns.surnames);
  const types = columns.types.flatMap((type) => {
    const validate = known[type.validator];
    return validate === undefined ? [] : [{ type, validate, cue: matcherOf(type.cues, NO_NEGATIONS) }];
  });
  return { version: columns.version, types };
}

/** Written by spreadsheets to keep a number a text: `="31…"`, `'31…`. */
const GUARDED = /^(?:="([^"]*)"|'(.*))$/s;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/**
 * A cell as people mean it: outer blanks, invisible characters and a spreadsheet's guard fall, full-width digits and
 * letters of Chinese input methods read as half-width.
 */
function clean(cell: string): string {
  const trimmed = cell.replace(INVISIBLE, '').trim();
  const [, formula, text] = GUARDED.exec(trimmed) ?? [];
  const bare = (formula ?? text ?? trimmed).trim();
  return /[\u3000\uff01-\uff5e]/.test(bare) ? bare.normalize('NFKC') : bare;
}

/** A camel-case name read as words: `patientName` says what `patient name` says. */
const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ');

/**
 * Counts what the cells of one column look like. Keeps counts only, never a cell: memory does not grow with the data,
 * and nothing raw can leave.
 */
export class ColumnProfile {
  readonly #counters: Counter[];
  #sample = 0;

  constructor(
    readonly item: string,
    private readonly rules: ColumnRules,
  ) {
    this.#counters = rules.types
      .map(({ type, validate, cue }) => ({ type, validate, cued: cue.find(words(item)) !== null, matches: 0 }))
      .filter(({ type, cued }) => (cued ? (type.withCue ?? type.alone) : type.alone) !== undefined);
  }

  add(cell: string): void {
    const text = clean(cell);
    if (text === '') return;
    this.#sample += 1;
    for (const counter of this.#counters) if (counter.validate(text)) counter.matches += 1;
  }

  /** Non-empty cells read. */
  get sampleSize(): number {
    return this.#sample;
  }

  /** The strongest finding of each type that reaches its threshold. */
  findings(): Finding[] {
    const found = new Map<string, Finding>();
    for (const { type, cued, matches } of this.#counters) {
      const threshold = cued ? (type.withCue ?? type.alone) : type.alone;
      const fraction = this.#sample === 0 ? 0 : matches / this.#sample;
      if (threshold === undefined || matches < threshold.matches || fraction < threshold.fraction) continue;
      if ((found.get(type.type)?.matchedFraction ?? -1) >= fraction) continue;
      const rule = `columns/${this.rules.version}#${type.type}${cued ? '+cue' : ''}`;
      found.set(type.type, {
        item: this.item,
        type: type.type,
        matchedFraction: fraction,
        sampleSize: this.#sample,
        rule,
      });
    }
    return [...found.values()];
  }
}
