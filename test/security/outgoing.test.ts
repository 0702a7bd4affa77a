import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inProject, projectFiles } from '../support/project.js';

const REACHES_OUT =
  /\bfetch\(|\bhttps?\.(request|get)\(|from 'node:(https|net|tls|dgram|dns)|from 'undici'|from 'nodemailer'|WebSocket\(/;
const RUNS_CODE = /from 'node:(child_process|vm|worker_threads)'|\beval\(|new Function\(/;

/** Files that may, and why. */
const REACHES: Readonly<Record<string, string>> = {
  'src/cli/import.ts': 'asks the server its operator named on the command line',
  'src/notifications/mail/smtp-office.ts':
    'hands mail to the server its operator configured, and fetches nothing for it',
  'src/notifications/mail/folder-office.ts': 'writes mail as files',
  'src/notifications/mail/message.ts': 'says what a mail is made of; forbids it to read files or addresses',
};

/** Files that start a thread or a process, and why: the product's own code, but for what the operator named. */
const RUNS: Readonly<Record<string, string>> = {
  'src/applications/attachment-scan.ts':
    'runs the scanner that the operator configured, without a shell or our environment',
  'src/classification/learning/apart.ts': 'starts a thread of its own, which runs train-worker.js or alike-worker.js',
  'src/classification/learning/train-worker.ts': 'is that thread, for training',
  'src/classification/learning/alike-worker.ts': 'is that thread, for sets of alike records',
  'src/classification/samples/own-process.ts':
    'reads files in a process of its own, which runs sample-process.js or fusion-process.js',
  'src/sheets/apart.ts': 'makes a workbook or a paper in a thread of its own, which runs sheet-worker.js',
  'src/sheets/sheet-worker.ts': 'is that thread',
};

const matching = (pattern: RegExp): string[] =>
  projectFiles('src').filter((file) => file.endsWith('.ts') && pattern.test(codeOf(file)));
/** Without comments. */
const codeOf = (file: string): string =>
  readFileSync(inProject(file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

describe('security: what the server reaches', () => {
  it('no address that a caller gives is fetched: only these files send requests at all', () => {
    expect(matching(REACHES_OUT)).to.have.members(Object.keys(REACHES));
  });

  it('no text is run: no shell, no evaluation, no deserialiser that builds types', () => {
    expect(matching(RUNS_CODE)).to.have.members(Object.keys(RUNS));
    expect(matching(/deserialize\(|unserialize\(|node-serialize|yaml.*customTags/)).to.deep.equal([]);
  });

  it('would notice one', () => {
    for (const line of ['await fetch(body.url)', "import { request } from 'node:https';", 'https.get(url)'])
      expect(line).to.match(REACHES_OUT);
  });
});
