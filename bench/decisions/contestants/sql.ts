import { createPool, type RowDataPacket } from 'mysql2/promise';
import type { Question } from '../../../src/decisions/domain/question.js';
import { freshDatabase } from '../../../test/support/mariadb.js';
import { type BenchWorld, NOW } from '../bench-world.js';
import type { Contestant } from './contestant.js';

const CONNECTIONS = 10;
const CHUNK = 5000;
const TABLE = `CREATE TABLE grants (
  organisation CHAR(26) NOT NULL, dataset CHAR(26) NOT NULL, purpose VARCHAR(32) NOT NULL, delivery VARCHAR(16) NOT NULL,
  state VARCHAR(16) NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, PRIMARY KEY (organisation, dataset)
) CHARACTER SET ascii COLLATE ascii_bin`;
const ASKED = `SELECT 1 FROM grants WHERE organisation = ? AND dataset = ? AND state = 'active' AND purpose = ?
  AND delivery = ? AND starts_at <= ? AND ends_at > ?`;

/** A prepared statement for each check, by the primary key, ten connections that each have one under way. */
export const sqlOn = (server: string): Contestant => ({
  name: 'MariaDB, a query per check',
  prepare: async ({ grants }) => {
    const { url, drop } = await freshDatabase(server);
    const pool = createPool({ uri: url.replace(/^mariadb:/, 'mysql:'), connectionLimit: CONNECTIONS });
    await pool.query(TABLE);
    for (const rows of chunks(grants)) await pool.query('INSERT INTO grants VALUES ?', [rows]);
    const one = async ({ subjectId, resourceId, action, purpose }: Question): Promise<boolean> => {
      const [rows] = await pool.execute<RowDataPacket[]>(ASKED, [subjectId, resourceId, purpose, action, NOW, NOW]);
      return rows.length > 0;
    };
    return {
      ask: { many: (asked) => Promise.all(asked.map(one)) },
      end: async () => {
        await pool.end();
        await drop();
      },
    };
  },
});

function* chunks(grants: BenchWorld['grants']): Generator<(string | number)[][]> {
  for (let start = 0; start < grants.length; start += CHUNK)
    yield grants
      .slice(start, start + CHUNK)
      .map((one) => [one.organisation, one.dataset, one.purpose, one.delivery, one.state, one.start, one.end]);
}
