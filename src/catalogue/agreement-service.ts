import { createHash } from 'node:crypto';
import { matchVersion, notFound } from '../http/index.js';
import type { Execution } from '../kernel/execution.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Transaction } from '../persistence/index.js';
import type { AgreementStore } from './agreement-store.js';
import { type Agreement, agreementText, canonicalText } from './domain/agreement.js';

/** SHA-256 of the canonical wording, hexadecimal. */
export const agreementHash = (text: Text): string => createHash('sha256').update(agreementText(text)).digest('hex');

/** Publishes agreement templates and their next versions. */
export class AgreementService {
  constructor(
    private readonly ids: Ids,
    private readonly store: AgreementStore,
  ) {}

  /** A new template with its first version; `template` names it where the caller has chosen its id (seeds). */
  async publish(
    tx: Transaction,
    given: { readonly title: Text; readonly text: Text; readonly execution?: Execution; readonly template?: Id },
    actor: Actor = SYSTEM,
  ): Promise<Agreement> {
    const agreement = this.versionOf(
      given.template ?? this.ids.next(),
      1,
      { execution: 'acceptance', ...given },
      tx.now,
    );
    await this.store.insert(tx, [agreement]);
    this.tell(tx, agreement, actor);
    return agreement;
  }

  /** The next version of a template: applicants have to accept it anew. */
  async revise(
    tx: Transaction,
    template: Id,
    ifMatch: number | null,
    given: { readonly title?: Text; readonly text: Text; readonly execution?: Execution },
    actor: Actor,
  ): Promise<Result<Agreement>> {
    const read = await this.store.current(tx, template);
    if (read === null) return notFound();
    await tx.lock('agreement', [read.id]);
    const matched = matchVersion(ifMatch, read.version);
    if (!matched.ok) return matched;
    const next = this.versionOf(template, read.version + 1, { ...read, ...given }, tx.now);
    await this.store.succeed(tx, read, next);
    this.tell(tx, next, actor);
    return ok(next);
  }

  private versionOf(
    template: Id,
    version: number,
    { title, text: given, execution }: Pick<Agreement, 'title' | 'text' | 'execution'>,
    publishedAt: number,
  ): Agreement {
    const text = canonicalText(given);
    return { id: this.ids.next(), template, version, title, text, hash: agreementHash(text), execution, publishedAt };
  }

  private tell(tx: Transaction, { id, template, version, hash, execution }: Agreement, actor: Actor): void {
    const data = { template, version, hash, ...(execution === 'acceptance' ? {} : { execution }) };
    tx.append({ event: 'agreement.published', subject: { kind: 'agreement', id }, actor, data });
  }
}
