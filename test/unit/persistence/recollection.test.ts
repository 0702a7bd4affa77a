import { expect } from 'chai';
import { eachOnce, Reader, readOnce } from '../../../src/persistence/index.js';

const reading = (): Reader => new Reader({} as never, 'sqlite', 0);

/** Questions that note how they were asked. */
function questions() {
  const asked: string[] = [];
  return {
    asked,
    seats: readOnce(
      ['post', 'person'],
      'seats',
      async (_reader: Reader, role: string, of: { readonly body: string }) => {
        asked.push(`seats ${role} ${of.body}`);
        return [role];
      },
    ),
    rows: eachOnce(['dataset'], 'dataset', async (_reader: Reader, ids: readonly string[]) => {
      asked.push(`rows ${ids.join(' ')}`);
      return ids.filter((id) => id !== 'nowhere').map((id) => ({ id }));
    }),
  };
}

describe('what one reading or command has read', () => {
  it('is asked for once; different questions apart, and of rows only those that are not known', async () => {
    const { asked, seats, rows } = questions();
    const reader = reading();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await seats(reader, 'reviewer', { body: 'A' })).to.deep.equal(['reviewer']);
      await seats(reader, 'reviewer', { body: 'B' });
      expect(await rows(reader, ['roads', 'bridges'])).to.deep.equal([{ id: 'roads' }, { id: 'bridges' }]);
      expect(await rows(reader, ['rails', 'nowhere', 'roads'])).to.deep.equal([{ id: 'rails' }, { id: 'roads' }]);
      expect(await rows(reader, [])).to.deep.equal([]);
    }
    expect(asked).to.deep.equal(['seats reviewer A', 'seats reviewer B', 'rows roads bridges', 'rows rails nowhere']);
  });

  it('is asked for once by those who ask at the same time', async () => {
    const { asked, seats, rows } = questions();
    const reader = reading();
    const ask = () => seats(reader, 'reviewer', { body: 'A' });
    await Promise.all([ask(), ask(), rows(reader, ['roads']), rows(reader, ['roads', 'bridges'])]);
    expect(asked).to.deep.equal(['seats reviewer A', 'rows roads', 'rows bridges']);
  });

  it('is asked for anew after a row of its kinds was locked or written, and by the next reading', async () => {
    const { asked, seats, rows } = questions();
    const reader = reading();
    const all = async (of: Reader): Promise<string[]> => {
      asked.length = 0;
      await seats(of, 'reviewer', { body: 'A' });
      await rows(of, ['roads']);
      return [...asked];
    };
    const [ofSeats, ofRows] = ['seats reviewer A', 'rows roads'];
    expect(await all(reader)).to.deep.equal([ofSeats, ofRows]);
    reader.known.changed('application');
    expect(await all(reader)).to.deep.equal([]);
    reader.known.changed('dataset');
    expect(await all(reader)).to.deep.equal([ofRows]);
    reader.known.changed('person');
    expect(await all(reader)).to.deep.equal([ofSeats]);
    expect(await all(reading())).to.deep.equal([ofSeats, ofRows]);
  });
});
