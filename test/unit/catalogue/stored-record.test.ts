import { expect } from 'chai';
import { blankRecord, completed } from '../../../src/catalogue/domain/content.js';
import { type DatasetRow, recordOf } from '../../../src/catalogue/store/catalogue-rows.js';
import { textOf } from '../../../src/kernel/text.js';

describe('texts of records that were kept in one language', () => {
  const stored = (more: object) => ({ id: 'D', version: 3, body: { ...blankRecord('D', 'D', 'P', 0), ...more } });
  const read = (more: object) => recordOf(stored(more) as unknown as DatasetRow);

  it('are read in the language they are written in', () => {
    const old = read({ sharingCondition: '仅用于履行职责 (art. 39)', legalBasis: 'Statistics Law, art. 25' });
    expect(old.sharingCondition).to.deep.equal({ zh: '仅用于履行职责 (art. 39)' });
    expect(old.legalBasis).to.deep.equal({ en: 'Statistics Law, art. 25' });
    expect([old.id, old.version]).to.deep.equal(['D', 3]);
  });

  it('are left as they are where they have languages, or are not there', () => {
    const both = { zh: '法律', en: 'A law' };
    expect(read({ legalBasis: both }).legalBasis).to.deep.equal(both);
    expect(read({}).sharingCondition).to.equal(null);
  });

  it('stand where an edit sends back one of them', () => {
    const record = { ...blankRecord('D', 'D', 'P', 0), legalBasis: { zh: '法律', en: 'A law' } };
    const written = (legalBasis: string) => completed(record, { legalBasis }, () => 'N').legalBasis;
    expect(written('A law')).to.equal(record.legalBasis);
    expect(written('法律')).to.equal(record.legalBasis);
    expect(written('Another')).to.deep.equal(textOf('Another'));
  });
});
