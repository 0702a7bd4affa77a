import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import type { RawEntry } from '../../../src/catalogue/import/importer.js';
import { BrokenFile, JsonEntries } from '../../../src/catalogue/import/json-entries.js';

const take = (text: string | Uint8Array, size?: number): unknown[] => raw(text, size).map(({ value }) => value);
function raw(text: string | Uint8Array, size = 7): RawEntry[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const reader = new JsonEntries('dataset');
  const entries: RawEntry[] = [];
  for (let at = 0; at < bytes.length; at += size) entries.push(...reader.write(bytes.subarray(at, at + size)));
  reader.end();
  return entries;
}
function fault(text: string | Uint8Array, size?: number): BrokenFile {
  try {
    take(text, size);
  } catch (error) {
    if (error instanceof BrokenFile) return error;
    throw error;
  }
  throw new Error('was read without a fault');
}

describe('taking a list apart while the bytes come', () => {
  it('hands out what JSON.parse would, wherever the chunks are cut and however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 8 }),
        fc.dictionary(
          fc.string().filter((key) => key !== 'dataset'),
          fc.jsonValue(),
          { maxKeys: 3 },
        ),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, '\t'),
        (list, others, size, space) => {
          const text = JSON.stringify({ ...others, dataset: list }, null, space);
          expect(take(text, size)).to.deep.equal((JSON.parse(text) as { dataset: unknown[] }).dataset);
        },
      ),
      { numRuns: 500 },
    );
  });
  it('finds the fault of every file that JSON.parse refuses, after any single damage', () => {
    const finds = (text: string): boolean => {
      try {
        return raw(text, 5).some(({ unreadable }) => unreadable !== undefined);
      } catch (error) {
        return error instanceof BrokenFile;
      }
    };
    const whole = JSON.stringify({ a: [1, 'x'], dataset: [{ t: 'é"\\' }, { n: [1.5, true] }], z: null });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom('', ',', '}', ']', '"', '[', 'x', '1', ':'), (at, put) => {
        const damaged = whole.slice(0, at) + put + whole.slice(at + 1);
        let valid = true;
        try {
          JSON.parse(damaged);
        } catch {
          valid = false;
        }
        if (!valid) expect(finds(damaged), damaged).to.equal(true);
      }),
      { numRuns: 1_000 },
    );
  });
  it('notices a key that an entry names twice, however deep, and nothing else', () => {
    const repeats = (entry: string): boolean | undefined => raw(`{"dataset":[${entry}]}`)[0]?.repeatsKey;
    for (const entry of ['{"a":1,"a":1}', '{"a":{"b":[{"c":1,"c":2}]}}', '{"a":1,"\\u0061":2}'])
      expect(repeats(entry), entry).to.equal(true);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(repeats(JSON.stringify(value))).to.equal(false);
      }),
    );
    expect(repeats('{"a:b":"c:d","e":"f\\":g"}')).to.equal(false);
  });
  it('gives no half of a surrogate pair, in texts or keys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
        const half = '\ud83d';
        const [entry] = take(`{"dataset":[${JSON.stringify({ [key + half]: [text + half] })}]}`, 64);
        expect(JSON.stringify(entry)).not.to.match(/\\ud[89a-f]/i);
        expect(Object.values(entry as object)[0]).to.deep.equal([(text + half).toWellFormed()]);
      }),
    );
  });
  it('says what a file is that was sent by mistake', () => {
    const codes = {
      'compressed-file': [gzipSync('{"dataset":[]}'), 'PK\u0003\u0004'],
      'bad-encoding': [
        Buffer.from('\ufeff{"dataset":[]}', 'utf16le'),
        Buffer.from('{"dataset":[]}', 'utf16le'),
        Buffer.from('\ufeff{"dataset":[]}', 'utf16le').swap16(),
      ],
      'no-dataset-list': ['[{"identifier":"a"}]', '{"identifier":"a"}\n{"identifier":"b"}\n'],
      'malformed-json': ['identifier,title\na,b\n', '<html>', '"dataset"', '', '   '],
    };
    for (const [code, files] of Object.entries(codes))
      for (const file of files) expect(fault(file, 9).code, String(file)).to.equal(code);
  });
  it('takes a million entries and no more', () => {
    const reader = new JsonEntries('dataset');
    const block = Buffer.from('1,'.repeat(100_000));
    reader.write(Buffer.from('{"dataset":['));
    let taken = 0;
    for (let part = 0; part < 10; part++) taken += reader.write(block).length;
    expect(taken).to.equal(1_000_000);
    expect(() => reader.write(Buffer.from('1]')))
      .to.throw(BrokenFile)
      .with.property('code', 'too-many-entries');
  });
  it('takes a byte order mark', () => expect(take('\ufeff{"dataset":[1]}', 50)).to.deep.equal([1]));
  it('takes an empty list', () => expect(take('{"dataset":[]}')).to.deep.equal([]));
  it('says where a file breaks off', () => {
    expect(fault('{"dataset":[{"a":1},{"b"')).to.include({ code: 'malformed-json', offset: 24 });
    expect(fault('{"dataset":[{"a":1} xx')).to.include({ code: 'malformed-json', offset: 20 });
  });
  it('refuses text after the end', () => expect(fault('{"dataset":[]} {}').code).to.equal('malformed-json'));
  it('refuses a file without the list', () => {
    expect(fault('{"x":[]}').code).to.equal('no-dataset-list');
    expect(fault('{"dataset":{}}').code).to.equal('no-dataset-list');
  });
  it('refuses the list named twice', () =>
    expect(fault('{"dataset":[],"dataset":[1]}').code).to.equal('duplicate-key'));
  it('refuses bytes that are not UTF-8', () => {
    expect(
      fault(Buffer.concat([Buffer.from('{"dataset":["'), Buffer.from([0xff, 0xfe]), Buffer.from('"]}')])).code,
    ).to.equal('bad-encoding');
  });
  it('hands out an entry that cannot be read as such, and goes on', () => {
    const broken = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    const list = (...entries: (string | Buffer)[]): Buffer =>
      Buffer.concat([Buffer.from('{"dataset":['), ...entries.flatMap((one) => [Buffer.from(one), Buffer.from(',')])]);
    const file = Buffer.concat([list(broken, '{"a":1}', broken, '{"a":tru}'), Buffer.from('[2]]}')]);
    for (const size of [1, 7, file.length]) {
      const read = raw(file, size);
      expect(read.map(({ value }) => value)).to.deep.equal([null, { a: 1 }, null, null, [2]]);
      expect(read.map(({ unreadable }) => unreadable?.code)).to.deep.equal([
        'bad-encoding',
        undefined,
        'bad-encoding',
        'malformed-json',
        undefined,
      ]);
      expect(read[2]?.unreadable?.detail).to.equal(
        `the value that ends at byte ${list(broken, '{"a":1}', broken).length - 1} is not valid UTF-8`,
      );
    }
  });
  it('refuses a file of which nothing can be read, at its first entry, and one that begins so for long', () => {
    expect(fault('{"dataset":[tru,fals]}')).to.include({ code: 'malformed-json', offset: 15 });
    expect(take(`{"dataset":[${'tru,'.repeat(19)}1]}`)).to.have.length(20);
    expect(fault(`{"dataset":[${'tru,'.repeat(20)}1]}`)).to.include({ code: 'malformed-json', offset: 15 });
  });
  it('refuses an entry nested too deeply, at once', () => {
    expect(fault(`{"dataset":[${'['.repeat(100_000)}`, 1_000)).to.include({ code: 'entry-too-large' });
  });
  it('refuses an entry that never ends', () => {
    expect(fault(`{"dataset":["${'x'.repeat(1_100_000)}"]}`, 65_536).code).to.equal('entry-too-large');
  });
  it('keeps a member named __proto__ an ordinary one', () => {
    const [entry] = take('{"dataset":[{"__proto__":{"polluted":1}}]}') as object[];
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(Object.hasOwn(entry as object, '__proto__')).to.equal(true);
  });
});
