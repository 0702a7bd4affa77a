import { In } from 'typeorm';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { IssuedTemplate } from '../domain/template.js';
import type { TemplateStore, TemplateVersion } from '../notice-store.js';
import { NoticeTemplateRow } from './notice-rows.js';

/** Templates in the product's database. Their key is the hash of what they say: a row that was edited is not believed. */
export class DatabaseTemplateStore implements TemplateStore {
  async findMany(reader: Reader, hashes: readonly string[]): Promise<ReadonlyMap<string, IssuedTemplate>> {
    if (hashes.length === 0) return new Map();
    const rows = await reader.manager.findBy(NoticeTemplateRow, { hash: In([...hashes]) });
    return new Map(rows.map(({ hash, body }) => [hash, body]));
  }

  async keep(tx: Transaction, templates: ReadonlyMap<string, IssuedTemplate>): Promise<void> {
    const once = tx.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    const sql = `${once} INTO notice_templates (hash, kind, version, frame, body) VALUES (?, ?, ?, ?, ?)`;
    const ordered = [...templates].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [hash, body] of ordered)
      await tx.manager.query(sql, [hash, body.kind, body.version, body.frame.version, JSON.stringify(body)]);
  }

  async versions(reader: Reader): Promise<readonly TemplateVersion[]> {
    const select = { hash: true, kind: true, version: true, frame: true };
    return reader.manager.find(NoticeTemplateRow, { select });
  }
}
