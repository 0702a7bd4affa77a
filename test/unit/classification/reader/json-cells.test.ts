import { expect } from 'chai';
import fc from 'fast-check';
import { BrokenJson, jsonCells } from '../../../../src/classification/reader/json-cells.js';
import { JsonSplitter, lines, TooLong } from '../../../../src/classification/reader/json-split.js';

describe('JSON read as cells', () => {
  const cells = (text: string): Record<string, string> => Object.fromEntries(jsonCells(text));

  it('keeps every digit of a number, and reads what Python writes', () => {
    expect(
      cells(
        '{"zeros": 007, "id": 310101199001011234, "a": 1.50, "b": -2e3, "n": NaN, "i": -Infinity, "z": null, "t": true}',
      ),
    ).to.deep.equal({
      zeros: '007',
      id: '310101199001011234',
      a: '1.50',
      b: '-2e3',
      n: 'NaN',
      i: '-Infinity',
      z: '',
      t: 'true',
    });
  });

  it('names what is nested, and joins what a list or a repeated key holds', () => {
    expect(cells('{"a":{"b":[1,{"c":"x"},[2]]},"a":{"b":3},"":{"d":"y"}}')).to.deep.equal({
      'a.b': '1; 2; 3',
      'a.b.c': 'x',
      d: 'y',
    });
    expect(cells('["a",{"b":1}]')).to.deep.equal({ 'column-1': 'a', 'column-2.b': '1' });
  });

  it('keeps what JSON lets stand unescaped, and reads a blank for what it does not beside what is escaped', () => {
    expect(cells('{"k\u007f\\n":"a\u001fb\\n"}')).to.deep.equal({ 'k\u007f\n': 'a b\n' });
  });

  it('reads whatever JSON.stringify writes of flat records', () => {
    const flat = fc.dictionary(
      fc.string({ unit: 'binary' }).map((key) => `k${key}`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(flat, (record) => {
        const plain = Object.entries(record);
        expect([...jsonCells(JSON.stringify(record))]).to.deep.equal(plain);
        expect([...jsonCells(JSON.stringify(record, null, 2))]).to.deep.equal(plain);
      }),
    );
  });

  for (const broken of [
    '',
    '{',
    '{"a"',
    '{"a":}',
    '{"a":1,}',
    '{"a":1} x',
    '{"a":"',
    '{"a":"\\"}',
    '{a:1}',
    '{"a":"\\q"}',
    'x',
  ])
    it(`refuses ${broken === '' ? 'nothing' : broken}`, () => {
      expect(() => jsonCells(broken)).to.throw(BrokenJson);
    });

  it('refuses what nests too deep, without running out of stack', () => {
    expect(() => jsonCells('['.repeat(1_000_000))).to.throw(BrokenJson);
    expect(() => jsonCells('{"a":'.repeat(100_000))).to.throw(BrokenJson);
  });
});

describe('a JSON document cut into records', () => {
  const cut = (text: string, size: number): { records: string[]; outer: string } => {
    const splitter = new JsonSplitter();
    const records: string[] = [];
    for (let at = 0; at < text.length; at += size) records.push(...splitter.take(text.slice(at, at + size)));
    splitter.end();
    return { records, outer: splitter.outer };
  };

  it('gives the same records wherever the pieces end', () => {
    const record = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (rows, size, wrapped) => {
          const text = JSON.stringify(wrapped ? { title: 'a ["{', data: rows, more: { n: 1 } } : rows, null, size % 3);
          const { records, outer } = cut(text, size);
          expect(records.map((one) => JSON.parse(one) as unknown)).to.deep.equal(rows);
          if (wrapped) expect(JSON.parse(outer)).to.deep.equal({ title: 'a ["{', data: [], more: { n: 1 } });
        },
      ),
    );
  });

  it('leaves a document without a list of records whole', () => {
    expect(cut('{"a":{"b":1}}', 3)).to.deep.equal({ records: [], outer: '{"a":{"b":1}}' });
  });

  for (const broken of ['[{"a":1}', '[{"a":1}]]', '[{"a":1]}', '{"a":1}{"b":2}', '[{"a":"x'])
    it(`refuses ${broken}`, () => {
      expect(() => cut(broken, 4)).to.throw(BrokenJson);
    });

  it('holds no more than one record of limited length', () => {
    const splitter = new JsonSplitter();
    const endless = (): void => {
      for (let at = 0; at < 100; at += 1)
        expect([...splitter.take(at === 0 ? '[{"a":"' : 'x'.repeat(262_144))]).to.deep.equal([]);
    };
    expect(endless).to.throw(TooLong);
  });

  it('reads lines, however they end', async () => {
    async function* pieces(): AsyncGenerator<string> {
      yield '{"a":1}\r';
      yield '\n\n{"a"';
      yield ':2}\n{"a":3}';
    }
    const read: string[] = [];
    for await (const line of lines(pieces())) read.push(line);
    expect(read).to.deep.equal(['{"a":1}', '{"a":2}', '{"a":3}']);
  });
});
