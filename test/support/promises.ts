import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inProject } from './project.js';
import { skip } from './skip.js';

const CONTRACT = inProject('..', 'shared', 'design', 'api.md');

/** Words as they are read: without the marks of Markdown. */
const read = (text: string): string => text.replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ');

/** A chapter of the contract; its promises are tests, each named after the sentence it tries. */
export function chapter(title: string, body: (promise: Promise) => void): void {
  describe(`the contract: ${title}`, function () {
    this.timeout(240_000);
    const sentences: string[] = [];
    body((sentence, test) => {
      sentences.push(sentence);
      it(sentence, test);
    });
    it('quotes the contract', function () {
      if (!existsSync(CONTRACT)) skip(this, 'no folder ../shared/design beside the repository');
      const contract = read(readFileSync(CONTRACT, 'utf8'));
      // A sentence may leave something out: « … ».
      const pieces = sentences.flatMap((sentence) => read(sentence).split(' … '));
      expect(pieces.filter((piece) => !contract.includes(piece))).to.deep.equal([]);
    });
  });
}

type Promise = (sentence: string, test: () => globalThis.Promise<void>) => void;
