import { expect } from 'chai';
import { CataloguePlatform } from '../support/catalogue/platform.js';
import { eachBackend } from '../support/databases.js';

const CLOSED = { zh: '统计法第二十五条', en: 'Statistics Law, art. 25' };

describe('conformance: a record as its steward keeps it', () => {
  eachBackend((backend) => {
    let platform: CataloguePlatform;
    beforeEach(async () => {
      platform = await CataloguePlatform.open(backend);
    });
    afterEach(async () => {
      expect(platform.faults).to.deep.equal([]);
      await platform.close();
    });

    const read = async (id: string, language = 'en', who = 'steward') =>
      (await platform.get(who, `/api/datasets/${id}`).set('accept-language', language)).body;
    const edit = async (id: string, content: object) => {
      const { etag } = await read(id);
      return platform.send('steward', 'patch', `/api/datasets/${id}`, content, etag);
    };
    const act = async (id: string, name: string, body: object = {}) => {
      const { etag } = await read(id);
      return platform.send('steward', 'post', `/api/datasets/${id}/commands/${name}`, body, etag);
    };

    describe('the condition of sharing and the legal basis, in both languages', () => {
      const MEMBERS = [
        ['sharingCondition', 'sharingConditionWording'],
        ['legalBasis', 'legalBasisWording'],
      ] as const;

      it('are written, read in the reader’s language, and taken away', async () => {
        for (const [at, [member, wording]] of MEMBERS.entries()) {
          const { id } = await platform.listed({ identifier: `both-${at}` });
          expect((await edit(id, { [wording]: CLOSED })).status).to.equal(200);
          expect(await read(id, 'en')).to.deep.include({ [member]: CLOSED.en, [wording]: CLOSED });
          expect(await read(id, 'zh-CN', '')).to.deep.include({ [member]: CLOSED.zh, [wording]: CLOSED });
          await edit(id, { [wording]: null });
          expect(await read(id)).to.not.have.any.keys(member, wording);
        }
      });

      it('are taken in one language, as before, without a loss of the other', async () => {
        for (const [at, [member, wording]] of MEMBERS.entries()) {
          const { id } = await platform.listed({ identifier: `one-${at}`, [member]: CLOSED.zh });
          expect(await read(id)).to.deep.include({ [member]: CLOSED.zh, [wording]: { zh: CLOSED.zh } });
          await edit(id, { [wording]: CLOSED });
          // Who sends back what was shown changes nothing; another text takes the place of both.
          await edit(id, { [member]: CLOSED.en });
          expect(await read(id)).to.deep.include({ [wording]: CLOSED });
          await edit(id, { [member]: 'Another law' });
          expect(await read(id)).to.deep.include({ [member]: 'Another law', [wording]: { en: 'Another law' } });
          await edit(id, { [member]: 'Not this', [wording]: CLOSED });
          expect(await read(id)).to.deep.include({ [wording]: CLOSED });
          await edit(id, { [member]: null });
          expect(await read(id)).to.not.have.any.keys(member, wording);
        }
      });

      it('say something', async () => {
        const { id } = await platform.listed();
        for (const wrong of [{}, { zh: ' ' }, { zh: 7 }, { en: 'x'.repeat(2001) }, 'text']) {
          const { status, body } = await edit(id, { legalBasisWording: wrong });
          expect([status, body.code], JSON.stringify(wrong)).to.deep.equal([400, 'invalid-body']);
        }
      });
    });

    describe('a draft that was put away', () => {
      const awayWith = async (more: object) => {
        const { id } = await platform.draft(more);
        expect((await act(id, 'withdraw', { reason: 'Begun by mistake' })).status).to.equal(200);
        return id;
      };

      it('comes back as the draft it was, and is not listed', async () => {
        const id = await awayWith({});
        expect(await read(id)).to.include({ state: 'withdrawn', restoresTo: 'draft' });
        expect((await act(id, 'restore')).status).to.equal(200);
        const back = await read(id);
        expect([back.state, back.notices, back.allowedCommands]).to.deep.equal([
          'draft',
          [],
          ['edit', 'list', 'withdraw'],
        ]);
        expect((await platform.get('', `/api/datasets/${id}`)).status).to.equal(404);
        expect((await act(id, 'list')).body.state).to.equal('listed');
        // What was listed once comes back listed.
        await act(id, 'withdraw', { reason: 'Closed' });
        expect((await read(id)).restoresTo).to.equal('listed');
        expect((await act(id, 'restore')).body.state).to.equal('listed');
      });

      it('may lack what a listed record states when it comes back', async () => {
        const id = await awayWith({ abstract: {} });
        expect((await act(id, 'restore')).body.state).to.equal('draft');
        expect((await read(id)).lacking).to.deep.equal(['/abstract']);
      });

      it('keeps no stricter tier than its facts give it, as any draft; what was listed does', async () => {
        const id = await awayWith({ declaredTier: 'restricted' });
        const tiers = async (of: string) => {
          await edit(of, { declaredTier: 'open' });
          const { tier, tierStatus, items } = await read(of);
          return [tier, tierStatus, items.map((item: { tier: string }) => item.tier)];
        };
        const asDraft = await tiers((await platform.draft({ identifier: 'other', declaredTier: 'restricted' })).id);
        expect(asDraft[0]).to.equal('open');
        expect(await tiers(id)).to.deep.equal(asDraft);
        const listed = await platform.listed({ identifier: 'once', declaredTier: 'restricted' });
        await act(listed.id, 'withdraw', { reason: 'Closed' });
        expect((await tiers(listed.id)).slice(0, 2)).to.deep.equal(['restricted', 'pending-review']);
      });
    });

    it('tells its steward the media type of a file, and takes another', async () => {
      const { id, distributions } = await platform.listed();
      const [{ id: file, title, format, kind, url }] = distributions;
      const written = { id: file, title, format, kind, url, mediaType: 'text/csv' };
      expect((await edit(id, { distributions: [written] })).body.distributions[0].mediaType).to.equal('text/csv');
      expect((await read(id, 'en', '')).distributions[0]).to.not.have.property('mediaType');
      const wrong = await edit(id, { distributions: [{ ...written, mediaType: 'csv' }] });
      expect([wrong.status, wrong.body.errors[0].pointer]).to.deep.equal([400, '/distributions/0/mediaType']);
      await edit(id, { distributions: [{ ...written, mediaType: null }] });
      expect((await read(id)).distributions[0].mediaType).to.equal(null);
    });

    it('says where its secure environment is to its stewards alone, and takes it away again', async () => {
      const { id } = await platform.listed();
      expect((await read(id)).sandbox, 'not said').to.equal(null);
      const said = { text: { zh: '四号楼', en: 'Building 4' }, url: 'https://lab.example.org/' };
      expect((await edit(id, { sandbox: said })).body.sandbox).to.deep.equal(said);
      for (const who of ['', 'handler', 'steward-health', 'supervisor'])
        expect(await read(id, 'en', who), who).to.not.have.property('sandbox');
      const room = { text: { en: 'Room 4' } };
      expect((await edit(id, { sandbox: room })).body.sandbox).to.deep.equal({ ...room, url: null });
      expect((await edit(id, { updateFrequency: 'monthly' })).body.sandbox).to.deep.equal({ ...room, url: null });
      for (const wrong of [{}, { text: {} }, { url: said.url }, { ...room, url: 'javascript:alert(1)' }, 'a room']) {
        const { status, body } = await edit(id, { sandbox: wrong });
        expect([status, body.code], JSON.stringify(wrong)).to.deep.equal([400, 'invalid-body']);
      }
      await edit(id, { sandbox: null });
      expect((await read(id)).sandbox).to.equal(null);
    });

    it('is for nobody who speaks for its own body, and the eligibility says what an application would', async () => {
      const { id } = await platform.listed({
        declaredTier: 'conditional',
        conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
        agreementTemplate: await platform.template(),
      });
      const told = async (who: string) => {
        const { eligible, refusal, nextStep } = (await platform.get(who, `/api/datasets/${id}/eligibility`)).body;
        return [eligible, refusal, nextStep.code];
      };
      expect(await told('handler')).to.deep.equal([true, undefined, 'apply']);
      expect(await told('handler-transport')).to.deep.equal([false, 'own-data', 'none']);
      expect(await told('steward-health')).to.deep.equal([false, 'forbidden', 'none']);
    });
  });
});
