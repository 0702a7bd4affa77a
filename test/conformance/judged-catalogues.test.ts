import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type Catalogue,
  createCatalogue,
  type DatasetRecord,
  loadConditionKinds,
  type PublisherPort,
} from '../../src/catalogue/index.js';
import { createClassification, createJudge, requirePacks } from '../../src/classification/index.js';
import type { Principal } from '../../src/kernel/principal.js';
import { strictness } from '../../src/kernel/tier.js';
import { eachBackend } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { describeWithSharedData } from '../support/skip.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const COUNTS = { dhs: 1093, dol: 465, gsa: 339 } as const;
const steward: Principal = { kind: 'person', id: 'steward', name: 'steward', organisation: null, roles: ['steward'] };
const publishers: PublisherPort = {
  names: async (_reader, ids) => new Map(ids.map((id) => [id, { en: id }])),
  register: async (_tx, _source, names) => new Map(names.map((name, at) => [name, `publisher-${at}`])),
  applicantNames: async () => [],
};

describeWithSharedData('conformance: three real catalogues, imported and judged', (path) => {
  eachBackend((backend) => {
    let unit: TestUnit;
    let catalogue: Catalogue;
    let assessments: ReturnType<typeof createClassification>['assessments'];
    let spool: string;
    const first = new Map<string, unknown[]>();

    before(async function () {
      this.timeout(240_000);
      unit = await openUnit(backend);
      spool = mkdtempSync(join(tmpdir(), 'tiergate-spool-'));
      const packs = requirePacks();
      const judge = createJudge(unit.ids, packs);
      catalogue = createCatalogue({
        ids: unit.ids,
        unit: unit.unit,
        follower: unit.follower,
        publishers,
        judge,
        kinds: loadConditionKinds(inProject('policies')),
        spool,
        alone: true,
        base: 'http://localhost',
        contactEmail: 'nobody@example.org',
        onFault: (error) => {
          throw error;
        },
      });
      assessments = createClassification({
        ids: unit.ids,
        unit: unit.unit,
        packs,
        judge,
        datasets: catalogue.datasets,
        sampling: { spool, budget: 1000, alone: true, onFault: () => {} },
      }).assessments;
      const started = performance.now();
      for (const name of Object.keys(COUNTS)) first.set(name, await issuesOf(await imported(name)));
      console.log(`      1,897 records imported and judged in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    });
    after(async () => {
      await unit.close();
      rmSync(spool, { recursive: true, force: true });
    });

    const imported = async (name: string) => {
      const file = createReadStream(path('catalogues', `${name}.json`));
      const request = { format: 'data-json', source: name, profile: undefined };
      const run = await catalogue.importing.start(steward, request, file, 256 * 1024 * 1024);
      if (!run.ok) throw new Error(run.error.code);
      await catalogue.importing.settled();
      const done = await unit.unit.read((reader) => catalogue.imports.find(reader, run.value.id));
      if (done === null) throw new Error('the import is gone');
      return done;
    };
    const issuesOf = async ({ id }: { readonly id: string }) => [
      ...(await unit.unit.read((reader) => catalogue.imports.issues(reader, id, 10_000))),
    ];
    const all = async (): Promise<DatasetRecord[]> => {
      const records: DatasetRecord[] = [];
      for (;;) {
        const after = records.at(-1)?.id ?? '';
        const page = await unit.unit.read((reader) => catalogue.datasets.scan(reader, after, 500));
        if (page.length === 0) return records;
        records.push(...page);
      }
    };

    it('hold 1,897 records, none rejected, each with a tier, and reasons kept beside it', async () => {
      const records = await all();
      expect(records).to.have.length(1897);
      const reasons = await unit.unit.read((reader) =>
        assessments.latest(
          reader,
          records.map(({ id }) => id),
        ),
      );
      for (const { id } of records) expect(reasons.get(id)?.length).to.be.at.least(1);
    });

    it('end nowhere below what was declared; what was raised waits for a person', async () => {
      const tiers = { open: 0, conditional: 0, restricted: 0 };
      for (const { tier, declaredTier, tierStatus, identifier } of await all()) {
        tiers[tier] += 1;
        expect(declaredTier, identifier).not.to.equal(null);
        expect(strictness(tier), identifier).to.be.at.least(strictness(declaredTier ?? 'restricted'));
        if (tier !== declaredTier) expect(tierStatus).to.equal('pending-review');
      }
      expect(tiers).to.deep.equal({ open: 1473, conditional: 92, restricted: 332 });
    });

    it('change nothing when the same file comes again, and are reported on as completely', async function () {
      this.timeout(240_000);
      for (const name of Object.keys(COUNTS))
        expect(await issuesOf(await imported(name))).to.deep.equal(first.get(name));
      expect(JSON.stringify([...first.values()])).to.include('declared-weaker-than-floor');
      const run = await imported('gsa');
      expect(run.counts).to.deep.include({
        read: COUNTS.gsa,
        unchanged: COUNTS.gsa,
        created: 0,
        updated: 0,
        rejected: 0,
      });
    });
  });
});
