import { migration } from './dialect.js';

/**
 * What is counted of cases, found by what makes two of them alike, newest first; and cases between bodies among them,
 * which the public register leaves out. Older ones come in when all is counted anew (`DELETE FROM register_cursor`).
 */
export const RegisterLikeness0048 = migration(
  '0048',
  'RegisterLikeness',
  async (sql) => {
    await sql.addColumn('register_matters', 'kind varchar(16)');
    for (const [name, columns] of [
      ['register_matters_dataset', 'dataset'],
      ['register_matters_practice', 'dataset, purpose'],
      ['register_matters_holder', 'holder, purpose'],
      ['register_matters_field', 'field, purpose'],
    ] as const)
      await sql.createIndex(name, 'register_matters', `${columns}, ruled_on, application`);
  },
  async (sql) => {
    // Without the column nothing would keep them out of the register.
    await sql.run("DELETE FROM register_matters WHERE kind = 'sharing'");
    for (const index of ['field', 'holder', 'practice', 'dataset'])
      await sql.dropIndex(`register_matters_${index}`, 'register_matters');
    await sql.dropColumn('register_matters', 'kind');
  },
);
