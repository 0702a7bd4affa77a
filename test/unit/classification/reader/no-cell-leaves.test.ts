import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { classifyFile } from '../../../../src/classification/files/classify-file.js';
import { renderReport } from '../../../../src/classification/files/render-report.js';
import { openTable } from '../../../../src/classification/reader/open-table.js';
import { isFault } from '../../../../src/classification/reader/read-source.js';
import { saved, saveParquet, textRow, workbookOf } from '../../../support/classification/source-files.js';

/** A value that stands nowhere else, numbered so that a leak says where it came from. */
const planted = (place: number): string => `planted${place}value${place * 7919}`;
const PLANTED = /planted\d+value/;
const [A, B, C, D] = [planted(1), planted(2), planted(3), planted(4)] as const;

describe('what a cell holds', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-leak-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const long = (text: string): string => `${text}${'x'.repeat(5_000_000)}`;
  const rows = `姓名,说明\n${A},${B}\n`;
  const sheet = textRow('姓名', '说明') + textRow(A, B);
  const parquet = async (name: string): Promise<Buffer> =>
    readFileSync(
      await saveParquet(join(folder, name), `SELECT '${A}' AS "姓名", repeat('${B} ', 50) AS b FROM range(99)`),
    );

  /** A name of a file, and what it holds: whole, broken in each way we know, and refused in the middle. */
  const sources: Readonly<Record<string, () => string | Uint8Array | Promise<Uint8Array>>> = {
    'whole.csv': () => rows,
    'captions.csv': () => `说明：${C},,\n姓名,说明,数\n${A},${B},1\n${A},${B},2\n`,
    'ragged.csv': () => `${rows}${C},${D},${C},${D}\n${C}\n`,
    'open-quote.csv': () => `${rows}"${C},${D}\n${A},${B}\n`,
    'endless.csv': () => long(`${rows}"${C}`),
    'no-header.csv': () => `${A},13800138000\n${B},13900139000\n`,
    'marked.csv': () => `${rows}${C},机密★\n${D},x\n`,
    'half-gbk.csv': () => Buffer.concat([Buffer.from(rows), Buffer.from([0xd5, 0xc5, 0x2c]), Buffer.from(`${C}\n`)]),
    'whole.json': () => JSON.stringify({ note: C, data: [{ 姓名: A, 说明: B }] }),
    'hurt.json': () => `[{"姓名":"${A}"},{"姓名":"${B}"`,
    'bad-record.json': () => `[{"姓名":"${A}"},{"姓名":"${B}" "x"},{"姓名":"${C}"}]`,
    'deep.json': () => `${'['.repeat(5000)}"${A}"`,
    'lines.ndjson': () => `{"姓名":"${A}"}\n{"姓名":"${B}\n{"说明":"${C}"}\n`,
    'endless.ndjson': () => long(`{"姓名":"${A}"}\n{"姓名":"${B}`),
    'page.html': () => `<html><td>${A}</td></html>`,
    'whole.xlsx': () => workbookOf({ S: sheet }, { 'xl/comments1.xml': `<c><t>${C}</t></c>` }),
    'note.xlsx': () => workbookOf({ S: sheet, N: textRow(`${C} ${D}`) }),
    'hurt.xlsx': () => workbookOf({ S: `${sheet}<row><c><v>${C}</row>` }),
    'endless.xlsx': () => workbookOf({ S: sheet + textRow(long(C)) }),
    'formula.xlsx': () => workbookOf({ S: `${sheet}<row><c t="str"><f>"${C}"&amp;A1</f><v>${D}</v></c></row>` }),
    'whole.parquet': () => parquet('w.parquet'),
    'cut.parquet': async () => (await parquet('c.parquet')).subarray(0, 700),
    'damaged.parquet': async () => {
      const bytes = await parquet('d.parquet');
      return Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(60, 0xee), bytes.subarray(80)]);
    },
  };

  for (const [name, make] of Object.entries(sources))
    it(`of ${name} is in no report, no refusal, no progress and no error`, async () => {
      const path = saved(join(folder, name), await make());
      const told: unknown[] = [];
      const allowance = { progress: (progress: unknown) => void told.push(progress) };
      const report = await classifyFile(path, { declared: 'open', allowance }).catch((error: Error) => error);
      if (!(report instanceof Error))
        told.push(JSON.stringify(report), renderReport(report, 'zh'), renderReport(report, 'en'));
      else told.push(report.message, report.stack);
      expect(JSON.stringify(told)).not.to.match(PLANTED);
    });

  it('would be seen by this test', async () => {
    const report = await classifyFile(saved(join(folder, 'name.csv'), `${A},b\n1,2\n`));
    expect(JSON.stringify(report)).to.match(PLANTED);
  });

  it('is in no error of a question that fails on it', async () => {
    for (const name of ['whole.csv', 'whole.parquet']) {
      const make = sources[name];
      if (make === undefined) throw new Error(name);
      const opened = await openTable({ path: saved(join(folder, name), await make()) });
      if (isFault(opened)) throw new Error(opened.code);
      const failed: unknown[] = [];
      for (const sql of ['c0::INTEGER', 'c0::DATE', 'error(c0)', "regexp_matches('x', c0 || '(')", 'json(c0)'])
        failed.push(await opened.table.ask(`SELECT ${sql} AS x FROM cells`).catch((error: Error) => `${error.stack}`));
      await opened.table.close();
      expect(failed.every((text) => typeof text === 'string')).to.equal(true);
      expect(failed.join()).not.to.match(PLANTED);
    }
  });
});
