import { isId } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { isObject, QuestionFault } from '../domain/question.js';
import { type AccessAnswer, type AccessRequest, jsonAnswer, problemAnswer } from './message.js';
import type { AccessDeps, DeliveryReport } from './ports.js';

type Json = Readonly<Record<string, unknown>>;

/** `POST /access/v1/deliveries`: what a portal served on a permit. It feeds quotas and use reports. */
export async function reportDelivery(
  deps: AccessDeps,
  request: AccessRequest,
  asker: Principal,
  body: unknown,
): Promise<AccessAnswer> {
  if (asker.kind !== 'portal') return problemAnswer(request, 'forbidden');
  if (!isObject(body)) return problemAnswer(request, 'invalid-body', { detail: 'The body must be an object.' });
  const report = readReport(body, asker.id);
  if (report instanceof QuestionFault) return invalid(request, report);
  const fault = unfitting(deps, report);
  if (fault !== null) return invalid(request, fault);
  const recorded = await deps.deliveries.record(report);
  if (!recorded.ok) return problemAnswer(request, recorded.error.code, { detail: recorded.error.detail });
  const { repeated, ...rest } = recorded.value;
  return jsonAnswer(repeated ? 200 : 201, JSON.stringify(rest));
}

function readReport(body: Json, portal: string): DeliveryReport | QuestionFault {
  const { evaluationId, dataset, distribution = null, grant = null, bytes = null } = body;
  if (typeof evaluationId !== 'string' || !isId(evaluationId))
    return new QuestionFault('/evaluationId', 'must be an evaluation id');
  if (typeof dataset !== 'string') return new QuestionFault('/dataset', 'must be a dataset id');
  if (distribution !== null && typeof distribution !== 'string')
    return new QuestionFault('/distribution', 'must be a string');
  if (grant !== null && typeof grant !== 'string') return new QuestionFault('/grant', 'must be a string');
  if (bytes !== null && !(Number.isSafeInteger(bytes) && (bytes as number) >= 0)) {
    return new QuestionFault('/bytes', 'must be a whole number from 0');
  }
  return { evaluationId, dataset, distribution, grant, bytes: bytes as number | null, portal };
}

/** A delivery must name things that belong together. */
function unfitting({ world }: AccessDeps, report: DeliveryReport): QuestionFault | null {
  const dataset = world.datasets.get(report.dataset);
  if (dataset === undefined) return new QuestionFault('/dataset', 'is not known');
  if (report.distribution !== null && !dataset.distributions.some(({ id }) => id === report.distribution)) {
    return new QuestionFault('/distribution', 'is not one of the dataset');
  }
  if (report.grant === null) return null;
  const row = world.grants.find(report.grant);
  const fits = row >= 0 && world.grants.columns.datasets[row] === dataset.index;
  return fits ? null : new QuestionFault('/grant', 'is not a grant on this dataset');
}

const invalid = (request: AccessRequest, { pointer, detail }: QuestionFault): AccessAnswer =>
  problemAnswer(request, 'invalid-body', {
    detail: `${pointer} ${detail}.`,
    errors: [{ pointer, code: 'invalid', detail }],
  });
