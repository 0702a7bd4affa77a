import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { EXIT as VERDICT_EXIT } from '../../../src/classification/index.js';
import { COMMANDS } from '../../../src/cli/commands.js';
import { EXIT } from '../../../src/cli/command.js';
import { VERSION } from '../../../src/kernel/version.js';
import { inProject } from '../../support/project.js';

const named = (name: string) => COMMANDS.find((command) => command.name === name)?.summary.en ?? '';

describe('the list of commands', () => {
  it('names no command twice, and a file that runs it for each', async () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).to.equal(COMMANDS.length);
    for (const { name, load } of COMMANDS) expect((await load()).run, name).to.be.a('function');
  });

  it('tells the exit codes that the commands have', () => {
    const { opened, restricted, people, refused } = VERDICT_EXIT;
    expect(named('classify')).to.contain(
      `exits ${opened} open or on conditions, ${restricted} not open, ${people} a person has to look, ${refused} not assessed`,
    );
    expect(named('fuse')).to.contain(
      `exits ${EXIT.ok} no more than by chance, ${EXIT.found} they do, ${EXIT.failed} not assessed`,
    );
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string };
    expect(VERSION).to.equal(version);
  });
});
