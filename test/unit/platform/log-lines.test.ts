import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { QueryFailedError } from 'typeorm';
import { createLogger, faultFields, type Logger } from '../../../src/operations/index.js';
import { inProject, projectFiles } from '../../support/project.js';

type Line = Record<string, unknown>;

/** The lines that a logger writes while `work` runs. */
function linesOf(work: (log: Logger) => void, level = 'debug', secret = 'key of this log'): Line[] {
  const { write } = process.stderr;
  const { _stderr: own } = console as unknown as { _stderr: { write: typeof write } };
  const before = own.write;
  let text = '';
  own.write = ((part: string) => {
    text += part;
    return true;
  }) as typeof write;
  try {
    work(createLogger(level, secret));
  } finally {
    own.write = before;
  }
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
}

/** A call with its message and an object for its fields. */
const CALL = /\blog\.(?:debug|info|warn|error)\((?:\s*'[^']*'|[^,{}]+),\s*\{([^{}]*)\}/g;
/** The fields that the product's calls of its log name, `file field`; what is spread into a call is not seen. */
function namedFields(): string[] {
  const found = projectFiles('src', '.ts').flatMap((file) => {
    const calls = readFileSync(inProject(file), 'utf8').matchAll(CALL);
    return [...calls].flatMap(([, said = '']) =>
      said
        .split(',')
        .map((part) => part.trim().split(/[\s:(]/)[0] ?? '')
        .filter((name) => /^\w+$/.test(name))
        .map((name) => `${file} ${name}`),
    );
  });
  return [...new Set(found)];
}

describe('log lines', () => {
  it('keep every field that the product says', () => {
    const said = namedFields();
    expect(said).to.include('src/composition/governing.ts why');
    expect(said.length).to.be.above(15);
    const lost = said.filter((one) => {
      const field = one.split(' ')[1] as string;
      const [line] = linesOf((log) => log.error('said', { [field]: 'x' }));
      return line?.[field === 'message' ? 'cause' : field] === undefined;
    });
    expect(lost).to.deep.equal([]);
  });

  it('hold allowed fields only: no body, token, password or header', () => {
    const [line] = linesOf((log) =>
      log.error('fault', {
        requestId: 'r1',
        status: 500,
        body: 'b',
        authorization: 'Bearer x',
        password: 'p',
        subject: 's',
      }),
    );
    expect(line).to.have.all.keys('level', 'message', 'timestamp', 'requestId', 'status');
  });

  it('cannot be forged by line breaks or quotes in what they are told', () => {
    const lines = linesOf((log) =>
      log.warn('a\n{"level":"error"}', { path: '/x\r\n{"level":"error","message":"forged"}\u2028' }),
    );
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include({ level: 'warn', path: '/x\r\n{"level":"error","message":"forged"}\u2028' });
  });

  it('name a subject by a code that needs the key: the same within one key, another under another', () => {
    const refused = (log: Logger) => log.warn('refused', { principal: '01JPERSON', permission: 'x.y' });
    const [once, again] = [linesOf(refused), linesOf(refused)];
    const [elsewhere] = linesOf(refused, 'debug', 'another key');
    expect(once[0]?.['principal']).to.equal(again[0]?.['principal']).and.not.contain('01JPERSON');
    expect(elsewhere?.['principal']).not.to.equal(once[0]?.['principal']);
  });

  for (const [driver, message] of [
    ['MySQL', "Duplicate entry '张三' for key 'people_by_username'"],
    ['MySQL, a value with a quote', "Duplicate entry 'O'Brien' for key 'people_by_username'"],
    ['MySQL, a value over lines', "Incorrect string value: '张\n三' for column `name`"],
    ['a parser', 'Unexpected token "张三" in JSON'],
  ] as const) {
    it(`leave out what an error quotes: ${driver}`, () => {
      const error = new QueryFailedError('INSERT INTO people VALUES (?)', ['张三'], new Error(message));
      const [line] = linesOf((log) => log.error('fault', faultFields(error)));
      expect(JSON.stringify(line)).not.to.match(/张|三|Brien/);
      expect(line).to.include({ name: 'QueryFailedError' });
      expect(line?.['stack']).to.match(/^ {4}at /);
    });
  }

  it('tell of a thrown value that is no error, without the value', () => {
    expect(faultFields('secret')).to.deep.equal({ message: 'a string was thrown' });
  });

  it('are as many as the level asks for', () => {
    const all = (log: Logger) => {
      for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level, {});
    };
    expect(linesOf(all, 'warn').map(({ message }) => message)).to.deep.equal(['warn', 'error']);
    expect(linesOf(all, 'silent')).to.deep.equal([]);
  });
});
