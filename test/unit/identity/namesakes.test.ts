import { expect } from 'chai';
import fc from 'fast-check';
import { namesakesOf } from '../../../src/identity/domain/namesakes.js';
import { accountsOf } from '../../../src/kernel/principal.js';
import { foldedName } from '../../../src/kernel/text.js';

const account = (id: string, name: string) => ({ id, name });

describe('accounts under one name', () => {
  it('are found whatever the blanks, width and case', () => {
    const own = account('b', '顾明漪 Gu Mingyi');
    const others = [
      account('c', '顾明漪  GU MINGYI'),
      account('a', '顾明漪Gu Mingyi'),
      account('d', '顾明漪 Ｇｕ Mingyi'),
      account('e', '顾明义 Gu Mingyi'),
      account('f', 'Gu Mingyi'),
    ];
    expect(namesakesOf(own, [own, ...others])).to.deep.equal(['a', 'c', 'd']);
  });

  it('never hold the account itself, and are the same from either side', () => {
    const names = fc.array(fc.constantFrom('Ann', 'ann', ' ANN', 'Bob'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, (list) => {
        const people = list.map((name, at) => account(`p${at}`, name));
        for (const one of people) {
          const found = namesakesOf(one, people);
          expect(found).to.not.include(one.id);
          for (const other of people.filter(({ id }) => id !== one.id))
            expect(found.includes(other.id)).to.equal(namesakesOf(other, people).includes(one.id));
        }
      }),
    );
    expect(foldedName(' Ａnn ')).to.equal('ann');
  });

  it('are taken for theirs where two people are asked for', () => {
    expect(accountsOf({ id: 'a' })).to.deep.equal(['a']);
    expect(accountsOf({ id: 'a', namesakes: ['b', 'c'] })).to.deep.equal(['a', 'b', 'c']);
  });
});
