import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { scannerOf } from '../../../src/applications/attachment-scan.js';

describe('the scanner of the operator', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-scan-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const script = (text: string): string => {
    const path = join(folder, 'scan.sh');
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o700);
    return path;
  };

  it('says clean by 0, infected by 1, and nothing by any other end', async () => {
    expect(await scannerOf(script('exit 0'))('/file')).to.equal('clean');
    expect(await scannerOf(script('exit 1'))('/file')).to.equal('infected');
    expect(await scannerOf(script('exit 2'))('/file')).to.equal('failed');
    expect(await scannerOf(script('kill -9 $$'))('/file')).to.equal('failed');
    expect(await scannerOf('/no/such/scanner')('/file')).to.equal('failed');
    expect(await scannerOf('')('/file')).to.equal('failed');
  });

  it('is given its own words and the path as one, read by no shell', async () => {
    const path = '/tmp/a b; touch /tmp/never $(id).pdf';
    const scan = scannerOf(
      `${script(`test "$#" = 3 && test "$1 $2" = "--fdpass --quiet" && test "$3" = '${path}'`)} --fdpass  --quiet`,
    );
    expect(await scan(path)).to.equal('clean');
  });

  it('sees nothing of the server’s environment', async () => {
    process.env['TIERGATE_SECRET'] = 'a secret of forty characters, for this test';
    try {
      expect(await scannerOf(script('test -z "$TIERGATE_SECRET" && test -z "$HOME"'))('/file')).to.equal('clean');
    } finally {
      delete process.env['TIERGATE_SECRET'];
    }
  });
});
