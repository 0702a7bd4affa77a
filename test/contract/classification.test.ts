import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import exceljs from 'exceljs';
import type request from 'supertest';
import { classifyFile, classificationRoutes } from '../../src/classification/index.js';
import { openApi } from '../../src/http/index.js';
import { classificationProblems } from '../../src/kernel/problems/classification.js';
import { WORKSHEET_ROWS } from '../../src/classification/domain/worksheet.js';
import { MOST_SAMPLES } from '../../src/classification/samples/sample-service.js';
import { ClassificationPlatform, draft, neverFused, untilStopped } from '../support/classification/platform.js';
import { backends } from '../support/databases.js';
import { SHIPPED } from '../support/shipped-pack.js';

const [inMemory] = backends;
const VISITS = { title: { zh: '社区就诊记录' } };
const REASON = { reason: 'aggregated', legalBasis: 'art. 41(3)' };
const FUSION = '/api/fusion/assessments';
const PREVIEW = '/api/assessments/preview';

/** One scene for each code of the chapter. */
const SCENES: Record<
  keyof typeof classificationProblems,
  (platform: ClassificationPlatform) => Promise<request.Response>
> = {
  'state-secret': async (platform) => platform.post('steward', PREVIEW, { title: { zh: '位置 绝密★' } }),
  'assessment-closed': async (platform) => {
    await platform.put(draft('a', VISITS));
    const [{ id }] = (await platform.assessments('a', 'proposed')) as [{ id: string }];
    await platform.post('officer', `/api/assessments/${id}/commands/confirm`, {}, 1);
    return platform.post('officer', `/api/assessments/${id}/commands/return`, { reason: 'late' }, 2);
  },
  'own-proposal': async (platform) => {
    await platform.put(draft('a'));
    const { body } = await platform.post(
      'officer',
      '/api/datasets/a/commands/propose-tier',
      { tier: 'conditional' },
      1,
    );
    return platform.post('officer', `/api/assessments/${body.id}/commands/confirm`, {}, 1);
  },
  'own-evidence': async (platform) => {
    const proposal = await resting(platform, 'officer');
    expect(proposal.allowedCommands).to.deep.equal(['override', 'return']);
    const override = { tier: 'open', reason: 'r', legalBasis: 'l' };
    const by = (who: string, command: string, body: object) =>
      platform.post(who, `/api/assessments/${proposal.id}/commands/${command}`, body, 1);
    expect((await by('officer', 'override', override)).body.code).to.equal('own-evidence');
    const refused = await by('officer', 'confirm', {});
    expect((await by('officer-2', 'confirm', {})).status, 'another officer may').to.equal(200);
    return refused;
  },
  'nothing-proposed': async (platform) => {
    await platform.put(draft('a', { declaredTier: null }));
    const [{ id }] = (await platform.assessments('a', 'proposed')) as [{ id: string }];
    return platform.post('officer', `/api/assessments/${id}/commands/confirm`, REASON, 1);
  },
  'lowering-needs-reason': async (platform) => {
    await platform.put(draft('a', { declaredTier: 'restricted' }));
    return platform.post('steward', '/api/datasets/a/commands/propose-tier', { tier: 'open', reason: 'x' }, 1);
  },
  'record-in-future': async (platform) => {
    await platform.put(draft('a'));
    const consent = { reference: '同意书 17', date: '2199-01-01' };
    return platform.post('steward', '/api/datasets/a/assessments', { consent });
  },
  'reason-required': async (platform) => {
    await platform.put(draft('a', VISITS));
    const [{ id }] = (await platform.assessments('a', 'proposed')) as [{ id: string }];
    return platform.post('officer', `/api/assessments/${id}/commands/return`, {}, 1);
  },
  'tier-unchanged': async (platform) => {
    await platform.put(draft('a'));
    return platform.post('steward', '/api/datasets/a/commands/propose-tier', { tier: 'open' }, 1);
  },
  'unknown-pack': async (platform) => platform.post('steward', PREVIEW, { pack: 'atlantis', title: { zh: '公园' } }),
  'unknown-group': async (platform) =>
    platform.post('officer', '/api/assessments/commands/confirm', { group: '0'.repeat(32) }),
  'no-recipe': async (platform) => {
    await platform.put(draft('a', VISITS));
    const [{ id }] = (await platform.assessments('a', 'proposed')) as [{ id: string }];
    return platform.get('steward', `/api/assessments/${id}/recipe`);
  },
  'sample-running': async (platform) => {
    await platform.put(draft('a'));
    await platform.sample('steward', 'a', 'x\n1\n');
    return platform.sample('steward', 'a', 'x\n1\n');
  },
  'sample-ended': async (platform) => {
    await platform.put(draft('a'));
    const { body } = await platform.sample('steward', 'a', 'x\n1\n');
    await platform.post('steward', `/api/assessments/${body.id}/commands/cancel`, {}, 1);
    return platform.post('steward', `/api/assessments/${body.id}/commands/cancel`, {}, 2);
  },
  'too-many-samples': async (platform) => {
    const names = Array.from({ length: MOST_SAMPLES + 1 }, (_, at) => `d${at}`);
    await platform.put(...names.map((name) => draft(name)));
    for (const name of names.slice(1)) expect((await platform.sample('steward', name, 'x\n1\n')).status).to.equal(202);
    return platform.sample('steward', 'd0', 'x\n1\n');
  },
  'fusion-running': async (platform) => {
    await platform.put(draft('a'), draft('b'));
    await platform.fuse('steward', { a: 'x\n1\n', b: 'x\n1\n' });
    return platform.fuse('steward', { b: 'x\n1\n', a: 'x\n1\n' });
  },
  'fusion-ended': async (platform) => {
    await platform.put(draft('a'), draft('b'));
    const { body } = await platform.post('steward', FUSION, { datasets: ['a', 'b'] });
    return platform.post('steward', `${FUSION}/${body.id}/commands/cancel`, {}, 1);
  },
  'same-dataset': async (platform) => platform.post('steward', FUSION, { datasets: ['a', 'a'] }),
  'foreign-worksheet': async (platform) => {
    const book = new exceljs.Workbook();
    book.addWorksheet('Table').addRow(['a', 'b']);
    return platform.worksheet('steward', Buffer.from(await book.xlsx.writeBuffer()));
  },
  'unreadable-worksheet': async (platform) => platform.worksheet('steward', Buffer.from('no workbook at all')),
  'too-many-rows': async (platform) => {
    await platform.put(draft('a', VISITS));
    const book = await platform.workbook('steward');
    const table = book.worksheets[0];
    for (let row = 0; row <= WORKSHEET_ROWS; row += 1) table?.addRow(['x']);
    return platform.worksheet('steward', Buffer.from(await book.xlsx.writeBuffer()));
  },
  'invalid-report': async (platform) => {
    await platform.put(draft('a'));
    return platform.post('steward', '/api/datasets/a/assessments', { report: { kind: 'assessed', file: {} } });
  },
};

/** A lowering that a steward proposes, resting on the consent that `who` once brought; as an officer sees it. */
async function resting(
  platform: ClassificationPlatform,
  who: string,
): Promise<{ id: string; allowedCommands: string[] }> {
  await platform.put(draft('a'));
  const consent = { reference: 'C-1', date: '2026-01-02' };
  expect((await platform.post(who, '/api/datasets/a/assessments', { consent })).status).to.equal(202);
  const raise = { tier: 'restricted', reason: 'Seen' };
  expect((await platform.post('officer-2', '/api/datasets/a/commands/propose-tier', raise, 2)).status).to.equal(200);
  const lower = { tier: 'open', reason: 'Consent is on file', legalBasis: 'art. 41(3)' };
  const { body } = await platform.post('steward', '/api/datasets/a/commands/propose-tier', lower, 3);
  return (await platform.get('officer', `/api/assessments/${body.id}`)).body;
}

describe('contract: classification', () => {
  let platform: ClassificationPlatform;
  beforeEach(async () => {
    if (inMemory === undefined) throw new Error('no backend');
    // Nothing is ever read here: what happens then is tested where it is.
    platform = await ClassificationPlatform.open(inMemory, undefined, { read: untilStopped, fuse: neverFused });
  });
  afterEach(() => platform.close());

  for (const [code, scene] of Object.entries(SCENES))
    it(`refuses with ${code}`, async () => {
      const answer = await scene(platform);
      expect(answer.body.code, JSON.stringify(answer.body)).to.equal(code);
      expect(answer.status).to.equal(classificationProblems[code as keyof typeof SCENES].status);
      expect(answer.headers['content-type']).to.include('application/problem+json');
    });

  it('answers a preview with verdict, items, rules and issues in the caller’s language, and stores nothing', async () => {
    const facts = { title: { zh: '补贴对象' }, declaredTier: 'open', items: [{ name: '姓名' }, { name: '身份证号' }] };
    const zh = await platform.post('anyone', PREVIEW, facts).set('accept-language', 'zh-CN');
    const en = await platform.post('anyone', PREVIEW, facts).set('accept-language', 'en');
    expect(zh.status, JSON.stringify(zh.body)).to.equal(200);
    expect(zh.body.verdict).to.deep.include({ tier: 'restricted', declared: 'open', status: 'pending-review' });
    expect(zh.body.items.map((item: { tier: string }) => item.tier)).to.deep.equal(['open', 'restricted']);
    const source = (answer: request.Response): string =>
      answer.body.rules.find((rule: { id: string }) => rule.id === 'personal-item').source;
    expect(source(zh)).to.equal('上海市数据条例第四十一条第二款');
    expect(source(en)).to.equal('Shanghai Data Regulations, art. 41(2)');
    expect(zh.body.replayHash).to.equal(en.body.replayHash);
    expect((await platform.get('officer', '/api/assessments')).body.total).to.equal(0);
  });

  it('runs an assessment again for those who may see it', async () => {
    await platform.put(draft('a', { title: { zh: '社区就诊记录' } }));
    const [{ id, replayHash, datasetTitle }] = (await platform.get('officer', '/api/assessments?dataset=a')).body.items;
    expect(datasetTitle).to.deep.equal({ zh: '社区就诊记录' });
    const path = `/api/assessments/${id}/replay`;
    const again = { replay: 'identical', replayHash, pack: 'cn-shanghai', version: SHIPPED };
    for (const who of ['officer', 'steward']) expect((await platform.get(who, path)).body).to.deep.equal(again);
    expect((await platform.get('steward-health', path)).status).to.equal(404);
    await platform.database.write((manager) =>
      manager.query('UPDATE assessments SET facts = \'{"title":{"zh":"公园"}}\' WHERE id = ?', [id]),
    );
    expect((await platform.get('officer', path)).body.replay).to.equal('different');
  });

  it('gives the rule packs with sources, and says which were read', async () => {
    const { body } = await platform.get('anyone', '/api/rule-packs').set('accept-language', 'en');
    expect(body.items.map(({ id }: { id: string }) => id)).to.deep.equal([
      'cn-shanghai',
      'cn-zhejiang-2350',
      'eu-dcat',
      'us-pod',
    ]);
    for (const pack of body.items) {
      expect(pack.rules.length).to.be.greaterThan(20);
      expect(pack.verifiedRules).to.equal(pack.rules.filter(({ verified }: { verified: boolean }) => verified).length);
    }
  });

  it('takes the report of a local tiergate classify, and keeps the hash of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-report-'));
    writeFileSync(join(folder, 't.csv'), `名称,手机\n${'甲,13800000000\n'.repeat(20)}`);
    const report = await classifyFile(join(folder, 't.csv'));
    rmSync(folder, { recursive: true, force: true });
    await platform.put(draft('a'));
    const sent = await platform.post('steward', '/api/datasets/a/assessments', {
      report: JSON.parse(JSON.stringify(report)),
    });
    expect(sent.status, JSON.stringify(sent.body)).to.equal(202);
    const { body } = await platform.get('steward', `/api/assessments/${sent.body.id}`);
    expect(body.rules.map(({ id }: { id: string }) => id)).to.include('personal-identifier-found');
    expect((await platform.dataset('a')).tier).to.equal('restricted');
  });

  it('shows a group on one screen: what its records share, and which to look at first', async () => {
    await platform.put(
      ...Array.from({ length: 6 }, (_, at) => draft(`v${at}`, VISITS)),
      draft('odd', { title: { zh: '传染病患者名单' } }),
    );
    const list = await platform.get('officer', '/api/assessments?state=proposed');
    const group: string = list.body.groups[0].group;
    const path = `/api/assessments/groups/${group}`;
    const { body, status } = await platform.get('officer', path);
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.include({ group, publisher: 'transport' });
    expect(body.count).to.equal(list.body.groups[0].count);
    expect(body.allowedCommands).to.deep.equal(['confirm', 'override']);
    expect(body.rules[0].grounds[0].records).to.be.above(0);
    expect((await platform.get('steward', path)).body.allowedCommands).to.deep.equal([]);
    expect((await platform.get('steward-health', path)).status).to.equal(404);
    expect((await platform.get('officer', `/api/assessments/groups/${'0'.repeat(32)}`)).status).to.equal(404);
  });

  it('offers exactly the commands it would accept', async () => {
    await platform.put(draft('a', VISITS), draft('b', { declaredTier: null }));
    await platform.put(draft('c'));
    await platform.post('officer', '/api/datasets/c/commands/propose-tier', { tier: 'conditional' }, 1);
    const offered = async (who: string, dataset: string) => {
      const { body } = await platform.get(who, `/api/assessments?state=proposed&dataset=${dataset}`);
      return body.items[0].allowedCommands;
    };
    expect(await offered('officer', 'a')).to.deep.equal(['confirm', 'override', 'return']);
    expect(await offered('officer', 'b')).to.deep.equal(['override', 'return']);
    expect(await offered('steward', 'a')).to.deep.equal([]);
    expect(await offered('officer', 'c')).to.deep.equal([]);
    expect(await offered('officer-2', 'c')).to.deep.equal(['confirm', 'override', 'return']);
  });

  it('pages the queue in stable order and filters by state, group and dataset', async () => {
    await platform.put(...Array.from({ length: 7 }, (_, index) => draft(`d${index}`, index < 3 ? VISITS : {})));
    const seen: string[] = [];
    let token = '';
    do {
      const { body } = await platform.get('officer', `/api/assessments?limit=3&pageToken=${token}`);
      expect(body.total).to.equal(7);
      seen.push(...body.items.map(({ dataset }: { dataset: string }) => dataset));
      token = body.nextPageToken;
    } while (token !== '');
    expect(new Set(seen).size).to.equal(7);
    const proposed = (await platform.get('officer', '/api/assessments?state=proposed')).body;
    expect([proposed.total, proposed.groups.length, proposed.groups[0].count]).to.deep.equal([3, 1, 3]);
    const grouped = (await platform.get('officer', `/api/assessments?group=${proposed.groups[0].group}`)).body;
    expect([grouped.total, grouped.groups]).to.deep.equal([3, []]);
    expect((await platform.get('officer', '/api/assessments?dataset=d1')).body.total).to.equal(1);
    for (const bad of ['limit=0', 'limit=101', 'state=odd', 'group=x', 'nope=1', 'pageToken=%00'])
      expect((await platform.get('officer', `/api/assessments?${bad}`)).status, bad).to.equal(400);
  });

  it('answers bad bodies with a code and a pointer, and changes nothing', async () => {
    await platform.put(draft('a'));
    const finding = { item: '名称', type: 'resident-id', matchedFraction: 0.4, sampleSize: 9, rule: 'r' };
    const bodies: readonly (readonly [object, string])[] = [
      [{ findings: null }, '/findings'],
      [{ findings: {} }, '/findings'],
      [{ findings: [{ ...finding, matchedFraction: 2 }] }, '/findings/0/matchedFraction'],
      [{ findings: [{ ...finding, value: '110101199001010000' }] }, '/findings/0/value'],
      [{ consent: null }, '/consent'],
      [{ consent: { reference: 'r', date: 'soon' } }, '/consent/date'],
      [{ deidentification: { grade: 5, method: 'm', evaluator: 'e', date: '2026-01-01' } }, '/deidentification/grade'],
      [{ tier: 'open' }, '/tier'],
      [{ report: 'text' }, '/report'],
    ];
    for (const [body, pointer] of bodies) {
      const answer = await platform.post('steward', '/api/datasets/a/assessments', body);
      expect(answer.status, JSON.stringify(body)).to.equal(400);
      expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).to.include(pointer);
    }
    expect((await platform.get('officer', '/api/assessments')).body.total).to.equal(1);
    expect((await platform.post('steward', '/api/datasets/nowhere/assessments', {})).status).to.equal(404);
    const unmatched = await platform.post('steward', '/api/datasets/a/commands/propose-tier', { tier: 'open' });
    expect([unmatched.status, unmatched.body.code]).to.deep.equal([428, 'precondition-required']);
    const stale = await platform.post('steward', '/api/datasets/a/commands/propose-tier', { tier: 'conditional' }, 9);
    expect([stale.status, stale.body.code]).to.deep.equal([412, 'stale-etag']);
  });

  it('acts once for one Idempotency-Key', async () => {
    await platform.put(draft('a'));
    const send = () => platform.post('steward', '/api/datasets/a/assessments', {}).set('idempotency-key', 'k-1');
    const [first, again] = [await send(), await send()];
    expect(again.body).to.deep.equal(first.body);
    expect((await platform.get('officer', '/api/assessments')).body.total).to.equal(2);
  });

  it('describes every route in the API document', () => {
    const routes = classificationRoutes(platform.classification);
    const { paths } = openApi(routes, '0') as { paths: Record<string, object> };
    expect(Object.keys(paths)).to.have.members([
      '/api/assessments',
      '/api/assessments/{id}',
      '/api/assessments/{id}/commands/cancel',
      '/api/samples',
      '/api/assessments/worksheet',
      '/api/assessments/grading-sheet.xlsx',
      '/api/assessments/grading-sheet.pdf',
      '/api/assessments/groups/{group}',
      '/api/assessments/groups/{group}/alike',
      '/api/assessments/{id}/commands/confirm',
      '/api/assessments/{id}/commands/override',
      '/api/assessments/{id}/commands/return',
      '/api/assessments/{id}/replay',
      '/api/assessments/{id}/recipe',
      '/api/assessments/commands/confirm',
      '/api/assessments/commands/override',
      '/api/assessments/preview',
      '/api/fusion/assessments',
      '/api/fusion/assessments/{id}',
      '/api/fusion/assessments/{id}/commands/cancel',
      '/api/datasets/{id}/assessments',
      '/api/datasets/{id}/commands/propose-tier',
      '/api/datasets/{id}/reclassification',
      '/api/reclassifications',
      '/api/reclassifications/{id}',
      '/api/rule-packs',
    ]);
  });
});
