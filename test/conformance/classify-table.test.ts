import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Connection, createConnection } from 'mysql2/promise';
import { columnRules } from '../../src/classification/domain/columns/column-rules.js';
import { classifyFile } from '../../src/classification/files/classify-file.js';
import { classifyTable } from '../../src/classification/files/classify-table.js';
import { renderReport } from '../../src/classification/files/render-report.js';
import type { FileAssessment, Report } from '../../src/classification/files/report.js';
import { requirePacks } from '../../src/classification/packs/load.js';
import { countColumns } from '../../src/classification/reader/database/count-columns.js';
import { openServerTable } from '../../src/classification/reader/database/open-server-table.js';
import type { ServerAddress } from '../../src/classification/reader/database/server-table.js';
import { Watch } from '../../src/classification/reader/limits.js';
import type { Tabular } from '../../src/classification/reader/tabular.js';
import { run as runClassify } from '../../src/cli/classify.js';
import { isAvailable, mariaDb, type TestDatabase } from '../support/databases.js';
import { skipSuite } from '../support/skip.js';
import { bankCard, creditCode, generator, mobile, personName, residentId } from '../unit/classification/identifiers.js';

describe('a table inside a database', function () {
  this.timeout(240_000);
  if (!isAvailable(mariaDb)) skipSuite(this, 'no MariaDB');

  const random = generator(99);
  const people = Array.from({ length: 300 }, (_, at) => [
    at,
    personName(random),
    mobile(random),
    residentId(random),
    bankCard(random),
    creditCode(random),
    at % 10 === 0 ? `电话${mobile(random)}，已回访` : '无',
  ]);
  const HEADINGS = ['id', 'xm 姓名', 'phone', 'c4', 'card 银行卡号', '统一社会信用代码', 'remark'];
  const TABLE = 'people`s "table"; -- x';

  let database: TestDatabase;
  let root: Connection;
  let address: ServerAddress;
  before(async () => {
    database = await mariaDb.fresh();
    const { hostname, port, pathname } = new URL(database.url);
    root = await createConnection({ uri: database.url.replace(/^mariadb:/, 'mysql:'), charset: 'utf8mb4' });
    address = {
      host: hostname,
      port: Number(port),
      user: `reader_${pathname.slice(-8)}`,
      password: 'only-reads',
      database: pathname.slice(1),
    };
    await root.query(`CREATE USER '${address.user}'@'%' IDENTIFIED BY '${address.password}'`);
    await root.query(`GRANT SELECT ON \`${address.database}\`.* TO '${address.user}'@'%'`);
    await root.query(`CREATE TABLE \`people\`\`s "table"; -- x\` (id INT, xm VARCHAR(40) COMMENT '姓名', phone BIGINT,
      c4 CHAR(18), card VARCHAR(30) COMMENT '银行卡号', \`统一社会信用代码\` TEXT, remark TEXT, photo BLOB) CHARACTER SET gbk`);
    await root.query('INSERT INTO `people``s "table"; -- x` VALUES ?', [
      people.map((row) => [...row, Buffer.from('x')]),
    ]);
    await root.query('CREATE TABLE marked (a INT, b VARCHAR(40)) CHARACTER SET utf8mb4');
    await root.query("INSERT INTO marked VALUES (1, 'x'), (2, '密级： 机密')");
    await root.query('CREATE TABLE plain (区 VARCHAR(20), 数量 INT) CHARACTER SET utf8mb4');
    await root.query("INSERT INTO plain VALUES ('黄浦', 3), ('徐汇', 4)");
    await root.query('CREATE TABLE nothing (a INT)');
    await root.query('CREATE TABLE wide AS SELECT seq AS a, REPEAT(MD5(seq), 20) AS b FROM seq_1_to_40000');
  });
  after(async () => {
    await root.query(`DROP USER '${address.user}'@'%'`);
    await root.end();
    await database.dispose();
  });

  const assessed = (report: Report): FileAssessment => {
    if (report.kind === 'refused') throw new Error(`${report.code}: ${report.detail}`);
    return report;
  };
  const code = (report: Report): string => (report.kind === 'refused' ? report.code : 'assessed');
  const opened = async (name: string, watch = new Watch()) => {
    const outcome = await openServerTable(address, name, { watch, mark: null });
    if ('code' in outcome) throw new Error(outcome.code);
    return outcome;
  };

  it('is found to hold what the same rows hold in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-table-'));
    const path = join(folder, 'people.csv');
    writeFileSync(path, [HEADINGS, ...people].map((row) => row.join(',')).join('\n'));
    const file = assessed(await classifyFile(path, { declared: 'open', title: 't' }));
    rmSync(folder, { recursive: true, force: true });
    const report = assessed(await classifyTable(address, TABLE, { declared: 'open', title: 't' }));
    const asked = new Set(report.notAsked);
    const comparable = ({ columns }: FileAssessment): unknown =>
      columns.map(({ name, sampleSize, findings }) => [
        name,
        sampleSize,
        findings.filter(({ rule }) => !asked.has(rule.replace(/^.*#|\+.*$/g, ''))),
      ]);
    expect(comparable(report)).to.deep.equal(comparable(file));
    const types = report.columns.flatMap(({ findings }) => findings.map(({ type }) => type));
    expect(types).to.include.members(['person-name', 'mobile-number', 'resident-id', 'bank-card', 'credit-code']);
    expect([report.rows, report.verdict.tier, report.exitCode, report.file.format]).to.deep.equal([
      300,
      'restricted',
      1,
      'database',
    ]);
  });

  it('gives numbers only, and its report holds no cell', async () => {
    const table = await opened(TABLE);
    const answers: unknown[] = [];
    const watched: Tabular = {
      dialect: table.dialect,
      rows: table.rows,
      columns: table.columns,
      relation: table.relation,
      ask: async (sql) => {
        const rows = await table.ask(sql);
        answers.push(...rows.flatMap((row) => Object.values(row)));
        return rows as never;
      },
      close: () => table.close(),
    };
    const columns = requirePacks().current('cn-shanghai')?.pack.columns;
    if (columns === undefined) throw new Error('no pack');
    await countColumns(watched, columnRules(columns), columns.lists);
    await table.close();
    expect(answers.length).to.be.greaterThan(100);
    expect(answers.filter((answer) => typeof answer !== 'number')).to.deep.equal([]);
    const report = await classifyTable(address, TABLE);
    const everything = `${JSON.stringify(report)}${renderReport(report, 'zh')}${renderReport(report, 'en')}`;
    for (const row of people) for (const cell of row.slice(2, 6)) expect(everything).not.to.include(String(cell));
    for (const told of [address.password, address.user, address.host]) expect(everything).not.to.include(told);
  });

  it('leaves an opening to a person while something could not be asked', async () => {
    const report = assessed(await classifyTable(address, 'plain', { declared: 'open' }));
    expect(report.notAsked).to.include('phone-written');
    expect([report.verdict.tier, report.doubts, report.exitCode]).to.deep.equal(['open', ['not-asked'], 2]);
    expect(renderReport(report, 'en')).to.include('not asked inside the database (a person has to look): ');
  });

  it('counts by the columns that were named, too, and refuses a name it does not have', async () => {
    const named = assessed(await classifyTable(address, TABLE, { quasiIdentifiers: ['remark'] }));
    const { risk } = named;
    expect(risk.status === 'assessed' && risk.sets[0]?.columns, JSON.stringify(risk)).to.include('remark');
    const refused = await classifyTable(address, TABLE, { quasiIdentifiers: ['remark', 'x` OR 1'] });
    expect(refused.kind === 'refused' && [refused.code, refused.exitCode]).to.deep.equal(['no-such-column', 3]);
    expect(refused.kind === 'refused' && refused.detail).to.equal('"x` OR 1"');
    expect(refused.kind === 'refused' && refused.remedy.en).to.match(/^Name columns of the table: .*remark/);
  });

  it('cannot be written to, even by a user who may', async () => {
    const { hostname, port, username, password } = new URL(database.url);
    const owner = { ...address, host: hostname, port: Number(port), user: username, password };
    const outcome = await openServerTable(owner, 'plain', { watch: new Watch(), mark: null });
    if ('code' in outcome) throw new Error(outcome.code);
    const failure: unknown = await outcome.ask('DELETE FROM plain').catch((error: unknown) => error);
    await outcome.close();
    expect(String(failure)).to.equal(
      'ServerRefused: the database server refused: ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
    );
    const [rows] = await root.query('SELECT COUNT(*) AS n FROM plain');
    expect(rows).to.deep.equal([{ n: 2 }]);
  });

  it('is refused with a code: a mark, no table, no rows, no way in', async () => {
    expect(code(await classifyTable(address, 'marked'))).to.equal('state-secret');
    expect(code(await classifyTable(address, "x' OR '1'='1"))).to.equal('no-such-table');
    expect(code(await classifyTable(address, 'nothing'))).to.equal('no-rows');
    const wrong = await classifyTable({ ...address, password: 'wrong-word-4711' }, 'plain');
    expect([code(wrong), JSON.stringify(wrong).includes('wrong-word')]).to.deep.equal(['no-connection', false]);
    expect(code(await classifyTable({ ...address, port: 1 }, 'plain'))).to.equal('no-connection');
  });

  it('does not repeat a cell in what the server complains of', async () => {
    const table = await opened(TABLE);
    const failure: unknown = await table
      .ask(`SELECT EXTRACTVALUE('<a/>', CONCAT('/', (SELECT xm FROM ${table.relation} LIMIT 1), '::'))`)
      .catch((error: unknown) => error);
    await table.close();
    expect(String(failure)).to.match(/^ServerRefused: the database server refused: ER_[A-Z_]+$/);
  });

  it('gives up when its time is spent, and ends the question when it is cancelled', async () => {
    expect(code(await classifyTable(address, 'wide', { allowance: { budget: 60 } }))).to.equal('time-up');
    const stop = new AbortController();
    const table = await opened('wide', new Watch({ signal: stop.signal }));
    setTimeout(() => stop.abort(), 100);
    const failure: unknown = await table.ask('SELECT SLEEP(30) AS n').catch((error: unknown) => error);
    await table.close();
    expect((failure as Error).name).to.equal('AbortError');
  });

  it('is judged from the command line, the password coming from the environment', async () => {
    const lines: string[] = [];
    const run = (target: string, options: Record<string, string>, environment: Record<string, string> = {}) =>
      runClassify({
        positionals: [target],
        options,
        environment: { TIERGATE_SOURCE_PASSWORD: address.password, ...environment },
        language: 'en',
        out: (line) => void lines.push(line),
        tell: () => undefined,
        say: (en) => en,
      });
    const url = `mysql://${address.user}@${address.host}:${address.port}/${address.database}`;
    expect(await run(url, { table: TABLE, declared: 'open' })).to.equal(1);
    expect(lines.join('\n')).to.include('(database, 300 rows)');
    const told = async (target: string, options: Record<string, string>): Promise<string> =>
      run(target, options).then(
        () => 'it ran',
        (error: Error) => error.message,
      );
    expect(await told(url, {})).to.include('--table');
    expect(await told(url.replace('@', ':hidden@'), { table: 'plain' })).to.include('TIERGATE_SOURCE_PASSWORD');
    expect(await told('mysql://nobody', { table: 'plain' })).to.include('mysql://<user>@<host>');
  });
});
