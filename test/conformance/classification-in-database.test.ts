import { expect } from 'chai';
import { type Connection, createConnection } from 'mysql2/promise';
import { cleanCell, fits, kindsOf } from '../../src/classification/domain/columns/cell.js';
import { columnRules, type ReadyWay } from '../../src/classification/domain/columns/column-rules.js';
import { requirePacks } from '../../src/classification/packs/load.js';
import { cleanedCell } from '../../src/classification/reader/database/clean-cell.js';
import { fitIn } from '../../src/classification/reader/database/fit.js';
import { formOf } from '../../src/classification/reader/database/forms.js';
import { isAvailable, mariaDb, type TestDatabase } from '../support/databases.js';
import { skipSuite } from '../support/skip.js';
import { bankCard, creditCode, generator, mobile, personName, residentId } from '../unit/classification/identifiers.js';

describe('validators in SQL', function () {
  this.timeout(240_000);
  if (!isAvailable(mariaDb)) skipSuite(this, 'no MariaDB');

  const columns = requirePacks().current('cn-shanghai')?.pack.columns;
  if (columns === undefined) throw new Error('no pack');
  const rules = columnRules(columns);
  const random = generator(4711);
  const pick = (from: string | readonly string[]): string => from[random(from.length)] ?? '';
  const word = (alphabet: string, length: number): string => Array.from({ length }, () => pick(alphabet)).join('');
  const wide = (text: string): string =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

  const changed = (text: string): string => {
    const at = random(Math.max(1, text.length));
    return text.slice(0, at) + pick('0123456789Xx -*A王.') + text.slice(at + random(2));
  };
  const day = (): string =>
    `${1895 + random(210)}${String(random(14)).padStart(2, '0')}${String(random(33)).padStart(2, '0')}`;
  const SOUND: readonly (() => string)[] = [
    () => residentId(random),
    () => `31010119${day().slice(2)}${word('0123456789', 3)}${pick('0123456789X')}`,
    () => `310101${day().slice(2)}${word('0123456789', 3)}`,
    () => creditCode(random),
    () => bankCard(random),
    () =>
      bankCard(random)
        .replace(/(.{4})/g, '$1 ')
        .trim(),
    () => mobile(random),
    () => `+86 ${mobile(random)}`,
    () => `登记人${mobile(random)}，已回访`,
    () => personName(random),
    () => `${pick(['阿布都', '买买提', '欧阳', '司马'])}${pick('·•某')}${pick(['热合曼', '修', '伟'])}`,
    () => `沪A${word('0123456789ABCDEFGHJKX挂', 5)}`,
    () => `${word('abcxyz._', 6)}@${word('abc-', 4)}.${pick(['com', 'cn', 'c', ''])}`,
    () => `${pick('EGDPSK')}${word('0123456789A', 8)}`,
    () => `${random(2100)}${pick('-/年.')}${random(14)}${pick(['', '月', '-'])}`,
    () => `${random(150)}${pick(['', '岁', ' y', '.5', '以上'])}`,
    () =>
      `上海市黄浦区${pick(['南京', '延安'])}${pick('路街巷')}${random(300)}${pick(['号', '弄', ''])}${random(20)}室`,
    () => `${pick('王李张某')}${pick('*×某●')}${pick(['', '*', '伟'])}`,
    () => word('0123456789', 1 + random(20)),
    () => word('0123456789ABCDEFabcxyz:/.-_ ', 1 + random(24)),
    () => word('王伟娜市路公司0123456789abcXYZ@*-.,。、·é ß', 1 + random(30)),
    () => `${100 + random(800)}-${10 + random(80)}-${1000 + random(8000)}`,
    () =>
      Array.from({ length: 6 }, () => word('0123456789abcdef', 2))
        .join(pick(':-'))
        .replaceAll(/[:-]/g, pick(':-')),
    () => `LSV${word('0123456789ABCDEFGHJ', 8)}${word('0123456789', 6)}`,
    () => `${word('abc', 2)}***@${word('abc', 4)}.${pick(['com', 'cn'])}`,
    () =>
      `${1900 + random(200)}${pick(['', '-', '年', '.', '/'])}${pick(['', '3', '03', '12', '13'])}${pick(['', '月'])}`,
    () => pick(pick2(Object.values(columns.lists))),
    () => pick(pick2(Object.values(columns.lists))).toUpperCase(),
    () => `${pick(Object.values(columns.lists).flat())}${pick(['', ' ', '症', '_x'])}`,
  ];
  const DIRT: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => text,
    changed,
    wide,
    (text) => `="${text}"`,
    (text) => `'${text}`,
    (text) => ` \u3000${text}\t`,
    (text) => `${text.slice(0, 3)}\u200b${text.slice(3)}`,
    (text) => `${text}.0`,
    (text) => `${text}\n${text}`,
  ];
  const made = Array.from({ length: 6000 }, () => pick2(DIRT)(pick2(SOUND)()));
  function pick2<Item>(from: readonly Item[]): Item {
    return from[random(from.length)] as Item;
  }
  const grouped = [
    '310101 19900101 1234',
    '310101-19900101-123x',
    ' 310101 19900101 123X',
    '310101 1990010 11234',
    '031010 19900101 1234',
  ];
  const cells = [...new Set([...made, ...grouped])].filter((cell) => cell.length <= 200);

  let database: TestDatabase;
  let connection: Connection;
  before(async () => {
    database = await mariaDb.fresh();
    connection = await createConnection({ uri: database.url.replace(/^mariadb:/, 'mysql:'), charset: 'utf8mb4' });
    await connection.query(`CREATE TABLE cells (id INT PRIMARY KEY, a VARCHAR(250), v VARCHAR(250) COLLATE utf8mb4_bin)
      CHARACTER SET utf8mb4`);
    for (let at = 0; at < cells.length; at += 500)
      await connection.query('INSERT INTO cells VALUES ?', [
        cells.slice(at, at + 500).map((cell, index) => [at + index, cell, cleanCell(cell)]),
      ]);
  });
  after(async () => {
    await connection.end();
    await database.dispose();
  });

  const idsWhere = async (condition: string): Promise<number[]> => {
    const [rows] = await connection.query(`SELECT id FROM cells WHERE ${condition} ORDER BY id`);
    return (rows as { id: number }[]).map(({ id }) => id);
  };
  const textsOf = (ids: readonly number[]): string[] => ids.map((id) => `${id} ${cells[id] ?? ''}`);

  it('clean a cell as the reader of files does', async () => {
    const [rows] = await connection.query(`SELECT id, ${cleanedCell('a')} AS v FROM cells ORDER BY id`);
    const wrong = (rows as { id: number; v: string }[]).filter(({ id, v }) => v !== cleanCell(cells[id] ?? ''));
    expect(wrong.map(({ id, v }) => [cells[id], v])).to.deep.equal([]);
  });

  const seen = new Set<string>();
  const ways = rules.ways.filter(({ way }) => {
    const key = `${way.validator} ${(way.lists ?? []).join()}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  const held = ({ validator: { fit, shape, test } }: ReadyWay, text: string): readonly [boolean, boolean] => {
    const looks = text !== '' && fits(fit, text.length, kindsOf(text)) && (shape?.(text) ?? true);
    return [looks, looks && test(text)];
  };

  for (const ready of ways) {
    const { way, validator } = ready;
    const form = formOf(ready, columns.lists, 'v');
    if (form === null) continue;
    it(`${way.validator}${way.lists === undefined ? '' : ` (${way.lists.join(', ')})`} holds for the same cells`, async () => {
      const looks = `v <> '' AND ${fitIn(validator.fit, 'v')}${form.shape === undefined ? '' : ` AND ${form.shape}`}`;
      const [shaped, accepted]: [number[], number[]] = [[], []];
      for (const [id, cell] of cells.entries()) {
        const [shape, test] = held(ready, cleanCell(cell));
        if (shape) shaped.push(id);
        if (test) accepted.push(id);
      }
      if (form.shape !== undefined) expect(textsOf(await idsWhere(looks))).to.deep.equal(textsOf(shaped));
      expect(textsOf(await idsWhere(`${looks} AND ${form.test}`))).to.deep.equal(textsOf(accepted));
    });
  }

  it('were tried on cells that hold and cells that do not', () => {
    const covered = ways.filter((ready) => formOf(ready, columns.lists, 'v') !== null);
    const idle = covered.filter((ready) => !cells.some((cell) => held(ready, cleanCell(cell))[1]));
    expect(covered.length).to.be.greaterThan(30);
    expect(idle.map(({ way }) => way.validator)).to.deep.equal([]);
  });
});
