import { ANY, kindsOf, SEEN } from './cell.js';
import { fit, listed, matching, plain, setOf, type ValidatorMaker } from './validator.js';

/** Characters for which a cell has to be brought into the spelling of the lists. */
const FOLDED = /[A-Z\s_.-]/;

/** Comparison with value lists, and what is believed because the heading says it. */
export const wordValidators: Readonly<Record<string, ValidatorMaker>> = {
  /** The whole cell is a word of the list. */
  'one-of': ([words]) => {
    const known = setOf(words);
    const longest = Math.max(0, ...(words ?? []).map((word) => word.length));
    const kinds = (words ?? []).reduce((seen, word) => seen | kindsOf(word), SEEN.blank | SEEN.mark);
    return {
      fit: fit(1, longest + 4, 0, kinds, kinds & ~(SEEN.blank | SEEN.mark)),
      test: (cell) => known.has(cell) || (FOLDED.test(cell) && known.has(listed(cell))),
    };
  },
  /** A word of the list stands in the cell. */
  'holds-word': ([words]) => {
    const literal = (words ?? []).map((word) => listed(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return matching(fit(2, 200, 0, ANY, SEEN.han | SEEN.latin), new RegExp(literal.join('|') || '(?!)', 'i'));
  },
  /** A code of at most three letters or digits, such as coded answers have. */
  'short-code': plain(matching(fit(1, 5, 0, SEEN.digit | SEEN.latin | SEEN.mark), /^[A-Za-z\d]{1,3}(?:\.0)?$/)),
  amount: plain(matching(fit(1, 24, SEEN.digit), /^[¥$€£]?\s?-?\d[\d,]*(?:\.\d+)?(?:\s?(?:元|万元|yuan|usd|eur))?$/i)),
  /** Words of letters, not a code. */
  words: plain(
    matching(
      fit(2, 120),
      /^(?!(?:yes|no|true|false|none|null|nan|n\/a|unknown|active|inactive|是|否|有|无)$)\P{N}*\p{L}{2}\P{N}*$/iu,
    ),
  ),
  /** Something was written that is neither a yes or no, a status nor a short code: the heading is believed. */
  filled: plain(
    matching(
      fit(3, 300, 0, ANY, SEEN.latin | SEEN.han | SEEN.letter),
      /^(?!(?:yes|no|true|false|none|null|nan|n\/a|unknown|active|inactive|confirmed|pending|not ?available)$)(?=.*(?:\p{L}.*){3})/iu,
    ),
  ),
  /** Digits enough for a day, in whatever form. */
  dated: plain(matching(fit(4, 40, SEEN.digit), /^(?=(?:\D*\d){4})[\p{L}\d /.,:+-]+$/u)),
  /** A picture, a template or what else is no reading matter. */
  encoded: plain(matching(fit(5, 5_000_000), /^\S{24,}$|\.(?:jpe?g|png|bmp|gif|dat|bin|wav)$/i)),
  any: plain({ fit: fit(1, 5_000_000), test: () => true }),
};
