import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { inProject } from '../support/project.js';

/** A start takes the schemas as they are: whether they are schemas at all is asked here. */
describe('JSON Schemas of the policies', () => {
  const folder = inProject('policies', 'schemas');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

  it('are there', () => expect(files.length).to.be.at.least(8));

  for (const file of files)
    it(`${file} is a valid schema`, () => {
      const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { $schema: string };
      const ajv = schema.$schema.includes('2020-12') ? new Ajv2020() : new Ajv();
      expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).to.equal(true);
    });

  it('one that is none is noticed', () => {
    expect(new Ajv2020().validateSchema({ type: 'sentence' })).to.equal(false);
  });
});
