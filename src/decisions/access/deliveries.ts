import { isId } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { isObject, NO_OBJECT, QuestionFault } from '../domain/question.js';
import type { DatasetEntry } from '../domain/dataset-entry.js';
import { type AccessAnswer, type AccessRequest, invalidBody, jsonAnswer, problemAnswer } from './message.js';
import { onRecord } from './on-record.js';
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
  if (!isObject(body)) return invalidBody(request, NO_OBJECT);
  const given = readReport(body);
  if (given instanceof QuestionFault) return invalidBody(request, given);
  const report = await completed(deps, given, asker.id);
  if (report instanceof QuestionFault) return invalidBody(request, report);
  const fault = unfitting(deps, report);
  if (fault !== null) return invalidBody(request, fault);
  const recorded = await deps.deliveries.record(report);
  if (!recorded.ok) return problemAnswer(request, recorded.error.code, { detail: recorded.error.detail });
  const { repeated, ...rest } = recorded.value;
  return jsonAnswer(repeated ? 200 : 201, JSON.stringify(rest));
}

type Given = Omit<DeliveryReport, 'dataset' | 'portal'> & { readonly dataset: string | null };

function readReport(body: Json): Given | QuestionFault {
  const { evaluationId, dataset = null, distribution = null, grant = null, bytes = null } = body;
  if (typeof evaluationId !== 'string' || !isId(evaluationId))
    return new QuestionFault('/evaluationId', 'must be an evaluation id');
  if (dataset !== null && typeof dataset !== 'string') return new QuestionFault('/dataset', 'must be a dataset id');
  if (distribution !== null && typeof distribution !== 'string')
    return new QuestionFault('/distribution', 'must be a string');
  if (grant !== null && typeof grant !== 'string') return new QuestionFault('/grant', 'must be a string');
  if (bytes !== null && !(Number.isSafeInteger(bytes) && (bytes as number) >= 0)) {
    return new QuestionFault('/bytes', 'must be a whole number from 0');
  }
  return { evaluationId, dataset, distribution, grant, bytes: bytes as number | null };
}

/**
 * What the report leaves out is what the decision said; what it says must agree. Decisions about data
 * that is open as a whole are not kept: of those the dataset is named. Whatever needed a grant is on record: without a decision nobody counts against one. A
 * decision that a person asked for at a proxy is reported by the portal behind it; one
 * that another portal asked for is that portal's.
 */
async function completed(deps: AccessDeps, given: Given, portal: string): Promise<DeliveryReport | QuestionFault> {
  const ofFile = deps.world.datasetOfDistribution(given.distribution ?? '');
  const named = given.dataset === null ? ofFile : deps.world.datasets.get(given.dataset);
  const needsRecord = given.grant !== null || (named !== undefined && !isOpen(named, given.distribution));
  const known = await onRecord(deps.decisions.find, deps.clock, given.evaluationId, named === undefined || needsRecord);
  if (known === null && needsRecord) return new QuestionFault('/evaluationId', 'is not a decision on record');
  if (known?.askerKind === 'portal' && known.asker !== portal)
    return new QuestionFault('/evaluationId', 'is not a decision of yours');
  const dataset = given.dataset ?? known?.dataset ?? ofFile?.id ?? null;
  if (dataset === null) return new QuestionFault('/dataset', 'is required: the decision is not on record');
  if (known !== null && known.dataset !== dataset)
    return new QuestionFault('/dataset', 'is not the one of the decision');
  if (known !== null && given.grant !== null && given.grant !== known.grant)
    return new QuestionFault('/grant', 'is not the one of the decision');
  const asked = known?.question.resourceType === 'distribution' ? known.question.resourceId : null;
  const grant = given.grant ?? known?.grant ?? null;
  return { ...given, dataset, grant, distribution: given.distribution ?? asked, portal };
}

/** Whether what was served is open: a file by its own tier, and without one whatever is open of the dataset. */
function isOpen({ tier, opens, distributions }: DatasetEntry, distribution: string | null): boolean {
  const file = distributions.find(({ id }) => id === distribution);
  return file === undefined ? opens : (file.tier ?? tier) === 'open';
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
  const fits = row >= 0 && world.grants.records.dataset(row) === dataset.index;
  return fits ? null : new QuestionFault('/grant', 'is not a grant on this dataset');
}
