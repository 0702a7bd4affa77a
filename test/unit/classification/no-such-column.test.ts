import { expect } from 'chai';
import { noSuchColumn } from '../../../src/classification/files/report.js';

describe('a name that no column has', () => {
  it('is told with the columns that there are, as what to do, in both languages', () => {
    expect(noSuchColumn(['班组'], ['班组', '街镇'])).to.equal(null);
    expect(noSuchColumn(['班组', '班'], ['班组', '街镇'])).to.deep.include({
      code: 'no-such-column',
      detail: '"班"',
      remedy: { en: 'Name columns of the table: 班组, 街镇.', zh: '请填写表中的列：班组、街镇。' },
    });
  });

  it('is told with forty of them where there are more', () => {
    const columns = Array.from({ length: 42 }, (_, at) => `c${at}`);
    const remedy = noSuchColumn(['x'], columns)?.remedy;
    expect(remedy?.en).to.match(/ c39 and 2 more\.$/);
    expect(remedy?.zh).to.match(/、c39，另有 2 列。$/);
  });
});
