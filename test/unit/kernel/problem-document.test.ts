import { expect } from 'chai';
import { type ProblemCode, problems } from '../../../src/kernel/problems/index.js';
import { problemDocument, problemHeaders } from '../../../src/kernel/problems/problem-document.js';
import { refusal } from '../../../src/kernel/refusal.js';

describe('problem documents', () => {
  const codes = Object.entries(problems) as [ProblemCode, { status: number; title: { zh: string; en: string } }][];

  it('say when to come back with every 429 and 503, and what to sign in with on every 401', () => {
    for (const [code, { status }] of codes) {
      const headers = problemHeaders(refusal(code));
      if (status === 429 || status === 503) expect(headers['retry-after'], code).to.match(/^[1-9]\d*$/);
      expect(headers['www-authenticate'], code).to.equal(status === 401 ? 'Bearer' : undefined);
    }
  });

  it('round a wait up to whole seconds: nobody is told to come back too early', () => {
    const headers = problemHeaders(refusal('unavailable', undefined, { retryAfterSeconds: 0.2 }));
    expect(headers['retry-after']).to.equal('1');
  });

  it('have titles of their own: no two codes read the same in either language', () => {
    for (const language of ['zh', 'en'] as const) {
      const titles = codes.map(([, { title }]) => title[language]);
      expect(titles.filter((title, at) => titles.indexOf(title) !== at)).to.deep.equal([]);
    }
  });

  it('name the page, the status and the request, and what a case adds', () => {
    const given = refusal('not-found', 'd', { extra: { linked: 'x' } });
    expect(problemDocument(given, 'en', 'id-1')).to.deep.include({
      type: '/problems/not-found',
      status: 404,
      instance: 'id-1',
      linked: 'x',
      errors: [],
    });
  });
});
