import { expect } from 'chai';
import type { ApplicationSummary } from '../../../src/applications/application-queries.js';
import { queueTable } from '../../../src/applications/queue-sheet.js';
import { csvOf } from '../../../src/sheets/index.js';

const item = (number: string): ApplicationSummary =>
  ({
    number,
    state: 'in-review',
    applicant: { name: '=HYPERLINK("x")' },
    holder: { name: 'Transport' },
    datasets: [{ dataset: 'roads', title: { en: 'Roads, all' } }],
    purpose: { category: 'research' },
    delivery: 'download',
    submittedAt: '2026-11-26T01:00:00.000Z',
    due: '2026-12-01',
    overdue: false,
    openQuestions: 0,
  }) as unknown as ApplicationSummary;

async function textOf(list: Parameters<typeof queueTable>[0]): Promise<string[]> {
  let text = '';
  for await (const part of csvOf(queueTable(list, 'en'))) text += part;
  return text.trimEnd().split('\r\n');
}

describe('a queue as a table', () => {
  it('has a line for each case, and no cell that a spreadsheet would run', async () => {
    const lines = await textOf({ items: [item('TG-1'), item('TG-2')], total: 2 });
    expect(lines).to.have.length(3);
    expect(lines[1]).to.contain('"\'=HYPERLINK(""x"")"').and.contain('"Roads, all"');
  });

  it('says in its last line when the list is longer', async () => {
    const lines = await textOf({ items: [item('TG-1')], total: 25_000 });
    expect(lines).to.have.length(3);
    expect(lines[2]).to.contain('The first 1 of 25000');
    expect(lines[2]?.split(',').length, 'as many cells as a row').to.equal(11);
  });
});
