import { expect } from 'chai';
import { namesGiven } from '../../../src/classification/files/names-given.js';

describe('names of columns as a person gives them', () => {
  it('are told apart by commas of either kind and by lines; blanks around them and empty ones count for nothing', () => {
    expect(namesGiven(' 班组, 街镇，班组,\r\nbirth date ,')).to.deep.equal(['班组', '街镇', 'birth date']);
    expect(namesGiven(' , ')).to.deep.equal([]);
  });
});
