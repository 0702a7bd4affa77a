import { expect } from 'chai';
import { remembering } from '../../../src/applications/remembered-facts.js';
import type { Reader } from '../../../src/persistence/index.js';

const reader = {} as Reader;

/** Ports that note every question they are asked. */
function ports() {
  const asked: string[] = [];
  const answer =
    <T>(what: string, value: T) =>
    (_reader: Reader, ...question: unknown[]): Promise<T> => {
      asked.push(`${what} ${question.map((part) => JSON.stringify(part)).join(' ')}`.trim());
      return Promise.resolve(value);
    };
  return {
    asked,
    identity: {
      organisation: answer('organisation', null),
      organisations: answer('organisations', []),
      person: answer('person', null),
      staff: answer('staff', []),
      eligible: answer('eligible', []),
      authority: answer('authority', 'bureau'),
    },
    catalogue: {
      datasets: answer('datasets', []),
      currentAgreement: answer('agreement', null),
      agreementHref: (template: string, version: number) => `/${template}/${version}`,
    },
    forms: { find: answer('form', null), current: answer('current form', null) },
    restrictions: { of: answer('restrictions', []) },
    evidence: { of: answer('evidence', []), proved: answer('proved', new Map<string, never>()) },
  };
}

describe('facts of many cases in one transaction', () => {
  it('are asked for once each, and different questions apart', async () => {
    const { asked, ...real } = ports();
    const known = remembering(real);
    for (let turn = 0; turn < 3; turn += 1) {
      await known.identity.organisation(reader, 'A');
      await known.identity.organisation(reader, 'B');
      await known.identity.eligible(reader, { role: 'reviewer', organisation: 'A' });
      await known.catalogue.datasets(reader, ['roads', 'bridges']);
      await known.evidence.of(reader, 'A', ['E1']);
      await known.evidence.of(reader, 'A', ['E2']);
      expect(await known.identity.authority(reader)).to.equal('bureau');
    }
    expect(asked).to.deep.equal([
      'organisation "A"',
      'organisation "B"',
      'eligible {"role":"reviewer","organisation":"A"}',
      'datasets ["roads","bridges"]',
      'evidence "A" ["E1"]',
      'evidence "A" ["E2"]',
      'authority',
    ]);
  });

  it('are answered together when asked for at the same time', async () => {
    const { asked, ...real } = ports();
    const known = remembering(real);
    await Promise.all([known.restrictions.of(reader, 'A'), known.restrictions.of(reader, 'A')]);
    expect(asked).to.deep.equal(['restrictions "A"']);
  });
});
