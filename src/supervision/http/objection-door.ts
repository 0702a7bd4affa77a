import { type ClaimedRight, CLAIMED_RIGHTS, ObjectionBody, type TierFiling } from '../../classification/index.js';
import { command, plain, type Reply, type Route } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Tier } from '../../kernel/tier.js';
import type { ComplaintRequest } from '../complaint-filing.js';
import type { ComplaintService } from '../complaint-service.js';
import type { ComplaintRight, QualityFault } from '../domain/complaint.js';
import { shownComplaint } from './complaint-routes.js';
import { ComplaintResponse } from './complaint-shapes.js';
import { ObjectRequest } from './objection-shapes.js';
import { TAG } from './violation-routes.js';

type About = ObjectRequest['about'];

/** What each kind of objection must say beside its dataset and reason, and what it may. */
const FIELDS: Readonly<Record<About, { readonly must: readonly Field[]; readonly may: readonly Field[] }>> = {
  tier: { must: ['tier'], may: ['legalBasis', 'evidence', 'right'] },
  quality: { must: ['fault'], may: ['items', 'distribution'] },
  rights: { must: ['right'], may: ['evidence', 'items', 'attachments', 'onBehalfOf'] },
};
type Field = Exclude<keyof ObjectRequest, 'about' | 'dataset' | 'reason'>;

/** Where everybody objects, whatever it is about: tiers go to classification, everything else stays here. */
export const objectionDoor = (complaints: ComplaintService, tiers: TierFiling | null): Route =>
  command<ObjectRequest>({
    path: '/api/objections',
    permission: 'objection.make',
    summary:
      'Object to a tier or to the quality of a dataset, the latter also without signing in, or complain about rights',
    tag: TAG,
    status: 201,
    body: ObjectRequest,
    responses: [ObjectionBody, ComplaintResponse],
    handler: async (call, tx): Promise<Result<Reply>> => {
      const fits = fitting(plain(call.body));
      if (!fits.ok) return fits;
      const { about, tier, right, ...said } = fits.value;
      if (about === 'tier') {
        if (tiers === null) return err(refusal('not-found'));
        const claimed = right === undefined ? {} : { right: right as ClaimedRight };
        return tiers(call, tx, { ...said, ...claimed, tier: tier as Tier });
      }
      const done = await complaints.file(tx, call.principal, requestOf(fits.value));
      return done.ok ? shownComplaint(complaints, call, tx, done.value, 201) : done;
    },
  });

const fault = (pointer: string, code: string, detail: string) =>
  err(refusal('invalid-body', undefined, { errors: [{ pointer, code, detail }] }));

/** The body where it says what its kind must and nothing that belongs to another kind. */
function fitting(body: ObjectRequest): Result<ObjectRequest> {
  const { must, may } = FIELDS[body.about];
  const missing = must.find((name) => body[name] === undefined);
  if (missing !== undefined) return fault(`/${missing}`, 'missing', `an objection about ${body.about} says it`);
  const allowed = new Set<string>(['about', 'dataset', 'reason', ...must, ...may]);
  const strange = Object.keys(body).find((name) => !allowed.has(name));
  if (strange !== undefined) return fault(`/${strange}`, 'other-kind', `not of an objection about ${body.about}`);
  const claimed: readonly string[] = CLAIMED_RIGHTS;
  return body.about === 'tier' && body.right !== undefined && !claimed.includes(body.right)
    ? fault('/right', 'isIn', `must be one of ${claimed.join(', ')}`)
    : ok(body);
}

function requestOf(body: ObjectRequest): ComplaintRequest {
  const { dataset, reason, items = [], distribution = null, evidence = null, attachments = [] } = body;
  const said = { dataset, reason, items, distribution, evidence, attachments, onBehalfOf: body.onBehalfOf ?? null };
  return body.about === 'quality'
    ? { ...said, about: 'quality', fault: body.fault as QualityFault, right: null }
    : { ...said, about: 'rights', fault: null, right: body.right as ComplaintRight };
}
