import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical.js';
import type { Day } from '../kernel/time.js';
import type { viewOf } from './application-view.js';

/** The case page of one caller. */
export type CaseView = Awaited<ReturnType<typeof viewOf>>;
/** What belongs to the page and not to the case: what may be done next, and what an open draft still lacks. */
type OfThePage = 'allowedCommands' | 'editable' | 'warnings' | 'formAsked' | 'etag';
/** What was asked in the version of the form that the case answers, which never changes. */
type FormOfCase = Pick<NonNullable<CaseView['formAsked']>, 'id' | 'number' | 'title' | 'fields'>;

/**
 * A case as it leaves the product: exactly what its reader may see on the page. `hash` is the SHA-256 of the canonical
 * JSON of `asOf` and `case`; paper and table print the same one.
 */
export interface CaseFile {
  readonly format: 'tiergate-case/1';
  /** The day its ledgers are counted to. */
  readonly asOf: Day;
  readonly case: Omit<CaseView, OfThePage> & { readonly formAsked: FormOfCase | null };
  readonly hash: string;
}

export function caseFileOf(view: CaseView, asOf: Day): CaseFile {
  const { allowedCommands: _commands, editable: _editable, warnings: _warnings, formAsked, etag: _, ...own } = view;
  // As JSON has it: what is undefined is absent, and hashes of what was read back are the same.
  const content = JSON.parse(JSON.stringify({ asOf, case: { ...own, formAsked: formOfCase(formAsked) } })) as Pick<
    CaseFile,
    'asOf' | 'case'
  >;
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { format: 'tiergate-case/1', ...content, hash };
}

function formOfCase(form: CaseView['formAsked']): FormOfCase | null {
  if (form === null) return null;
  const { id, number, title, fields } = form;
  return { id, number, title, fields };
}
