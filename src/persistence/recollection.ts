interface Remembered {
  readonly answer: Promise<unknown>;
  /** How often each of its kinds had changed when it was asked for. */
  readonly stamp: string;
}

/**
 * What one reading, or one command, has read of the rows it rests on: each question goes to the database once. What a
 * command locks or writes of a kind makes it ask anew for everything that rests on that kind.
 */
export class Recollection {
  private readonly answers = new Map<string, Remembered>();
  private readonly changes = new Map<string, number>();

  recall<T>(kinds: readonly string[], question: string, read: () => Promise<T>): Promise<T> {
    const stamp = this.stampOf(kinds);
    const known = this.answers.get(question);
    if (known?.stamp === stamp) return known.answer as Promise<T>;
    const answer = read();
    this.answers.set(question, { answer, stamp });
    return answer;
  }

  /** What there is of each of these ids, in their order; only what is not known yet is read, together. */
  async recallRows<Row extends { readonly id: string }>(
    kinds: readonly string[],
    name: string,
    ids: readonly string[],
    read: (missing: readonly string[]) => Promise<readonly Row[]>,
  ): Promise<Row[]> {
    const stamp = this.stampOf(kinds);
    const missing = ids.filter((id) => this.answers.get(rowQuestion(name, id))?.stamp !== stamp);
    const found = missing.length === 0 ? null : read(missing).then((rows) => new Map(rows.map((row) => [row.id, row])));
    if (found !== null)
      for (const id of missing)
        this.answers.set(rowQuestion(name, id), { stamp, answer: found.then((rows) => rows.get(id) ?? null) });
    const rows = await Promise.all(
      ids.map((id) => this.answers.get(rowQuestion(name, id))?.answer as Promise<Row | null>),
    );
    return rows.filter((row) => row !== null);
  }

  /** Rows that need not be asked for by `recallRows`: they are known. */
  noteRows(kinds: readonly string[], name: string, rows: readonly { readonly id: string }[]): void {
    const stamp = this.stampOf(kinds);
    for (const row of rows) this.answers.set(rowQuestion(name, row.id), { answer: Promise.resolve(row), stamp });
  }

  changed(kind: string): void {
    this.changes.set(kind, (this.changes.get(kind) ?? 0) + 1);
  }

  private stampOf(kinds: readonly string[]): string {
    return kinds.map((kind) => this.changes.get(kind) ?? 0).join();
  }
}

const rowQuestion = (name: string, id: string): string => `${name} ${id}`;

/** Whoever reads and keeps what was read. */
export interface Knowing {
  readonly known: Recollection;
}

type Ask<Of extends Knowing, Question extends readonly unknown[], Answer> = (
  reader: Of,
  ...question: Question
) => Promise<Answer>;

/** Asks each question once in one reading, until a row of these kinds is locked or written in it. */
export const once =
  <Of extends Knowing, Question extends readonly unknown[], Answer>(
    kinds: readonly string[],
    name: string,
    ask: Ask<Of, Question, Answer>,
  ): Ask<Of, Question, Answer> =>
  (reader, ...question) =>
    reader.known.recall(kinds, `${name} ${JSON.stringify(question)}`, () => ask(reader, ...question));

/** The same by ids, of which those that are known are not asked for again. */
export const each =
  <Of extends Knowing, Row extends { readonly id: string }>(
    kinds: readonly string[],
    name: string,
    ask: Ask<Of, [ids: readonly string[]], readonly Row[]>,
  ): Ask<Of, [ids: readonly string[]], Row[]> =>
  (reader, ids) =>
    reader.known.recallRows(kinds, name, ids, (missing) => ask(reader, missing));
