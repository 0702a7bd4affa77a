import { expect } from 'chai';
import fc from 'fast-check';
import { BrokenFile, JsonEntries } from '../../../src/catalogue/import/json-entries.js';

function take(text: string | Uint8Array, size = 7): unknown[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const reader = new JsonEntries('dataset');
  const entries: unknown[] = [];
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
  it('refuses every file that JSON.parse refuses, after any single damage', () => {
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
        if (!valid) expect(() => take(damaged, 5)).to.throw(BrokenFile);
      }),
      { numRuns: 1_000 },
    );
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
