import { expect } from 'chai';
import fc from 'fast-check';
import { attachmentType, cleanName } from '../../../src/applications/domain/attachment.js';

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
const PDF = bytes('%PDF-1.7\n');
const ZIP = bytes('PK', 3, 4, 20, 0);

describe('attachments', () => {
  it('are of the type that name and first bytes agree on', () => {
    expect(attachmentType('等保备案.PDF', PDF)).to.equal('application/pdf');
    expect(attachmentType('plan.docx', ZIP)).to.match(/wordprocessingml/);
    expect(attachmentType('公文.ofd', ZIP)).to.equal('application/ofd');
    expect(attachmentType('photo.jpeg', bytes(0xff, 0xd8, 0xff, 0xe0))).to.equal('image/jpeg');
    expect(attachmentType('scan.png', bytes(0x89, 'PNG\r\n', 0x1a, '\n'))).to.equal('image/png');
    expect(attachmentType('list.csv', bytes('name,值\n'))).to.equal('text/csv');
  });

  it('are refused where the name says something else than the bytes, or nothing that is taken', () => {
    for (const [name, head] of [
      ['plan.pdf', ZIP],
      ['plan.pdf', bytes('<html>')],
      ['plan.docx', PDF],
      ['plan.png', bytes(0xff, 0xd8, 0xff)],
      ['plan.txt', PDF],
      ['plan.txt', bytes('a', 0, 'b')],
      ['plan.txt', bytes()],
      ['plan.exe', bytes('MZ')],
      ['plan.html', bytes('<html>')],
      ['plan.svg', bytes('<svg/>')],
      ['plan', PDF],
      ['pdf', PDF],
      ['plan.pdf ', PDF],
    ] as const)
      expect(attachmentType(name, head), name).to.equal(null);
  });

  it('are kept under a name without folders, controls or a turned reading direction', () => {
    expect(cleanName('C:\\secret\\plan.pdf')).to.equal('plan.pdf');
    expect(cleanName('../../etc/passwd')).to.equal('passwd');
    expect(cleanName('..pdf')).to.equal('pdf');
    expect(cleanName('.htaccess')).to.equal('htaccess');
    expect(cleanName('invoice\u202Efdp.txt')).to.equal('invoicefdp.txt');
    expect(cleanName('a\r\nSet-Cookie: x.pdf')).to.equal('aSet-Cookie x.pdf');
    expect(cleanName('测评报告（终稿）.pdf')).to.equal('测评报告（终稿）.pdf');
    expect(cleanName(`${'长'.repeat(300)}.pdf`)).to.equal(`${'长'.repeat(200)}.pdf`);
    expect(cleanName('///')).to.equal('attachment');
  });

  it('have clean names whatever was sent, and the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = cleanName(given);
        expect(name).to.match(/^[^/\\\p{Control}"<>|:*?]+$/u);
        expect([...name].length).to.be.within(1, 206);
        expect(cleanName(name)).to.equal(name);
      }),
    );
  });
});
