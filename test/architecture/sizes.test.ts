import { expect } from 'chai';
import { projectFiles } from '../support/project.js';
import { functionSizes, linesOf, quantile } from './sizes.js';

/** Tables of data that are code for the compiler's sake; each says why it is one file. */
const TABLES = /^src\/kernel\/problems\/|\/migrations\/|^seeds\//;

/** Long by nature: one reads them as a list. Each names why; the list may only shrink. */
const LISTS: Readonly<Record<string, string>> = {
  'src/app.ts': 'the composition root: what is built from what, in order',
  'src/applications/domain/evolve.ts': 'one switch over every event',
};

describe('sizes', function () {
  this.timeout(240_000);
  const sources = projectFiles('src', '.ts').filter((file) => !TABLES.test(file));
  const lines = sources.map(linesOf);
  const functions = sources.flatMap((file) => functionSizes(file));
  const functionLines = functions.map((one) => one.lines);
  const total = (files: readonly string[]) => files.reduce((sum, file) => sum + linesOf(file), 0);

  after(() => {
    const code = total(projectFiles('src', '.ts'));
    const tests = total([...projectFiles('test', '.ts'), ...projectFiles('console/test', '.ts')]);
    console.log(
      `    files ${lines.length}: median ${quantile(lines, 0.5)}, 90 % ${quantile(lines, 0.9)}, largest ${Math.max(...lines)} lines; ` +
        `functions ${functions.length}: median ${quantile(functionLines, 0.5)}, 90 % ${quantile(functionLines, 0.9)}, ` +
        `longest ${Math.max(...functionLines)}; tests ${tests} / code ${code} = ${(tests / code).toFixed(2)}`,
    );
  });

  it('measures functions where they stand', () => {
    const source = '// 注释\nexport const one = () => 1;\nclass A {\n  two(): number {\n    return 2;\n  }\n}\n';
    expect(functionSizes('planted.ts', source)).to.deep.equal([
      { file: 'planted.ts', line: 2, lines: 1 },
      { file: 'planted.ts', line: 4, lines: 3 },
    ]);
  });

  it('files stay small: median ≤ 80, 90 % ≤ 250, none over 400 lines', () => {
    expect(quantile(lines, 0.5)).to.be.at.most(80);
    expect(quantile(lines, 0.9)).to.be.at.most(250);
    expect(sources.filter((file) => linesOf(file) > 400)).to.deep.equal([]);
  });

  it('functions stay short: median ≤ 10, 90 % ≤ 35, none over 60 lines', () => {
    expect(quantile(functionLines, 0.5)).to.be.at.most(10);
    expect(quantile(functionLines, 0.9)).to.be.at.most(35);
    const long = functions
      .filter((one) => one.lines > 60 && !(one.file in LISTS))
      .map(({ file, line, lines: size }) => `${file}:${line} ${size} lines`);
    expect(long).to.deep.equal([]);
  });
});
