import { appendFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { gb18030 } from '../../../support/gb18030.js';
import { type Progress, TimeUp } from '../../../../src/classification/reader/limits.js';
import { type OpenOptions, type OpenTable, openTable } from '../../../../src/classification/reader/open-table.js';
import { isFault } from '../../../../src/classification/reader/read-source.js';
import type { TableFault } from '../../../../src/classification/reader/rows.js';

describe('a file opened as a table', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-open-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const save = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const opened = async (path: string, options: OpenOptions = {}): Promise<OpenTable> => {
    const table = await openTable({ path }, options);
    if (isFault(table)) throw new Error(`${table.code}: ${table.detail}`);
    return table;
  };
  const fault = async (path: string, options: OpenOptions = {}): Promise<TableFault> => {
    const table = await openTable({ path }, options);
    if (!isFault(table)) throw new Error('it was opened');
    return table;
  };
  const LONG = `a,b\n${`${'x'.repeat(97)},2\n`.repeat(8000)}`;
  const LINES = 'n,街道\n007,"南京东路, 1 号"\n13800138000,\n3\n4,x,y\n';

  it('is asked by SQL, every cell as text, and says how it was read', async () => {
    const { table, reading } = await opened(save('t.csv', LINES));
    try {
      expect(table.columns.map(({ name }) => name)).to.deep.equal(['n', '街道']);
      expect(table.rows).to.equal(4);
      const rows = await table.ask(`SELECT c0, c1 FROM ${table.relation}`);
      expect(rows).to.deep.equal([
        { c0: '007', c1: '南京东路, 1 号' },
        { c0: '13800138000', c1: null },
        { c0: '3', c1: null },
        { c0: '4', c1: 'x' },
      ]);
      expect(reading).to.deep.include({ format: 'csv', encoding: 'utf-8', delimiter: ',', rows: 4, brokenRows: 2 });
      expect(reading.sha256).to.match(/^[0-9a-f]{64}$/);
    } finally {
      await table.close();
    }
  });

  it('shares one pass with another taker of the rows', async () => {
    const seen: string[] = [];
    const sink = {
      column: (name: string) => void seen.push(name),
      row: (cells: readonly string[]) => void seen.push(cells.join('|')),
    };
    const { table } = await opened(save('t.csv', 'a,b\n1,2\n3,4\n'), { sink });
    await table.close();
    expect(seen).to.deep.equal(['a', 'b', '1|2', '3|4']);
  });

  it('tells how far it is, up to the end', async () => {
    const told: Progress[] = [];
    const path = save('long.csv', LONG);
    const { table } = await opened(path, { progress: (progress) => void told.push(progress) });
    await table.close();
    expect(new Set(told.map(({ phase }) => phase))).to.have.keys('recognising', 'reading');
    expect(told.at(-1)).to.deep.equal({ phase: 'reading', bytes: 800_004, of: 800_004 });
    expect(told.length).to.be.greaterThan(6);
  });

  it('tells it in bytes of the file, whatever the text is written in', async () => {
    const text = `名称,说明\n${'南京东路,公共绿地\n'.repeat(20_000)}`;
    for (const [encoding, bytes] of [
      ['gb18030', gb18030(text)],
      ['utf-16le', Buffer.from(`\ufeff${'name,note\n'.repeat(30_000)}`, 'utf16le')],
    ] as const) {
      const told: number[] = [];
      const progress = ({ phase, bytes: at }: Progress): void => void (phase === 'reading' && told.push(at));
      const { table, reading } = await opened(save('written.csv', bytes), { progress });
      await table.close();
      expect([reading.encoding, told.at(-1)]).to.deep.equal([encoding, bytes.length]);
      expect(told.length, encoding).to.be.greaterThan(6);
      for (const [index, at] of told.slice(1).entries()) expect(at, encoding).to.be.greaterThan(told[index] as number);
    }
  });

  it('gives up when its time is spent, while reading or asked', async () => {
    const path = save('long.csv', LONG);
    expect((await fault(path, { budget: 0 })).code).to.equal('time-up');
    const { table } = await opened(save('short.csv', 'a\n1\n'), { budget: 1500 });
    const failure: unknown = await table
      .ask('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1')
      .catch((error: unknown) => error);
    await table.close();
    expect(failure).to.be.instanceOf(TimeUp);
  });

  it('stops when it is cancelled, while reading or asked', async () => {
    const path = save('long.csv', LONG);
    const stop = new AbortController();
    const failure: unknown = await openTable(
      { path },
      { signal: stop.signal, progress: ({ phase }) => phase === 'reading' && stop.abort() },
    ).catch((error: unknown) => error);
    expect((failure as Error).name).to.equal('AbortError');
    const later = new AbortController();
    const { table } = await opened(save('short.csv', 'a\n1\n'), { signal: later.signal });
    const asked = table
      .ask('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1')
      .catch((error: unknown) => error);
    setTimeout(() => later.abort(), 50);
    expect(((await asked) as Error).name).to.equal('AbortError');
    await table.close();
  });

  it('refuses a file that grows while it is read', async () => {
    const path = save('growing.csv', LONG);
    const grown = await fault(path, { progress: () => appendFileSync(path, '3,4\n') });
    expect(grown.code).to.equal('changed-while-read');
  });

  it('follows a link to a file, and refuses one that leads nowhere', async () => {
    const path = save('t.csv', LINES);
    symlinkSync(path, join(folder, 'link.csv'));
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling.csv'));
    const { table } = await opened(join(folder, 'link.csv'));
    await table.close();
    expect((await fault(join(folder, 'dangling.csv'))).code).to.equal('not-found');
  });

  it('reads nothing after a secrecy mark', async () => {
    const path = save('marked.csv', `a,b\n1,机密★\n${LONG}`);
    const told: Progress[] = [];
    const refused = await fault(path, { mark: /机密★/u, progress: (progress) => void told.push(progress) });
    expect(refused.code).to.equal('state-secret');
    expect(told.filter(({ phase }) => phase === 'reading')).to.deep.equal([]);
  });

  it('counts broken characters of UTF-8 instead of taking the file for another encoding', async () => {
    const line = Buffer.from('公园,绿地开放时间说明\n');
    const parts = Array.from({ length: 200 }, (_, at) =>
      at % 20 === 3 ? Buffer.from([0xc3, 0x28, 0x2c, 0x0a]) : line,
    );
    const { table, reading } = await opened(save('mixed.csv', Buffer.concat([Buffer.from('名称,说明\n'), ...parts])));
    await table.close();
    expect([reading.encoding, reading.brokenCharacters]).to.deep.equal(['utf-8', 10]);
  });

  it('counts what stands on lines of UTF-8 deep inside a file of another Chinese encoding, however lines end', async () => {
    const names = ['公园,绿地开放时间', '涓浗,锟斤拷烫烫烫', '张三丰,邮局', 'a,b', '中国,上海'];
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = `${names.join(end)}${end}`.repeat(3000);
      const whole = gb18030(`名称,说明${end}${lines}`);
      const utf8 = Buffer.from(`中国,上海${end}`.repeat(200));
      for (const [parts, broken] of [
        [[whole, gb18030(lines)], 0],
        [[whole, utf8, gb18030(lines)], 800],
      ] as const) {
        const { table, reading } = await opened(save('deep.csv', Buffer.concat(parts)));
        await table.close();
        expect([reading.encoding, reading.brokenCharacters], JSON.stringify(end)).to.deep.equal(['gb18030', broken]);
      }
    }
  });
});
