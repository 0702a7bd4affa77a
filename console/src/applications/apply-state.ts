import type { Application, ApplicationDraft } from '../api/applications';
import type { Dataset } from '../api/datasets';
import { type Attachment, DELIVERIES, type Delivery, type Purpose } from '../api/types';
import type { Answers, PurposeForm } from '../api/forms';
import { answersOf } from '../forms/answers';
import { addMonths, today } from '../parts/time';

/** A proof of one condition: evidence on file, or written out here. */
export interface WrittenProof {
  readonly reference: string;
  readonly validUntil: string;
  /** The id of evidence on file; empty where the proof is written out. */
  readonly evidence: string;
}
export const NO_PROOF: WrittenProof = { reference: '', validUntil: '', evidence: '' };

/** What somebody has written so far; empty texts are things not yet written. */
export interface Written {
  readonly items: Readonly<Record<string, readonly string[]>>;
  readonly category: Purpose | '';
  readonly scenario: string;
  readonly project: string;
  readonly delivery: Delivery;
  readonly from: string;
  readonly to: string;
  readonly securityPlan: string;
  readonly evidence: Readonly<Record<string, WrittenProof>>;
  /** By the names of fields: kept while the form changes, sent where the form asks for them. */
  readonly answers: Answers;
  readonly files: readonly Attachment[];
}

/** A record as another body asks for it: all its items may be asked for, and its conditions are those of opening. */
export const asShared = (record: Dataset): Dataset => ({
  ...record,
  items: (record.items ?? []).map((item) => ({ ...item, tier: 'conditional' })),
  conditions: [],
});

/** Ways of delivery that every one of the datasets offers. */
export const deliveriesOf = (records: readonly Dataset[]): readonly Delivery[] =>
  DELIVERIES.filter((kind) => records.every((record) => record.deliveryKinds?.includes(kind) ?? false));

/** Conditions that ask for a proof, each kind once. */
export const proofsOf = (records: readonly Dataset[]) => {
  const all = records.flatMap((record) => record.conditions ?? []).filter((one) => one.evidenceRequired);
  return all.filter((one, at) => all.findIndex((other) => other.kind === one.kind) === at);
};

export function beginning(records: readonly Dataset[], application: Application | null): Written {
  if (application === null) {
    return {
      items: {},
      category: '',
      scenario: '',
      project: '',
      delivery: deliveriesOf(records)[0] ?? 'download',
      from: today(),
      to: addMonths(today(), 12),
      securityPlan: '',
      evidence: {},
      answers: {},
      files: [],
    };
  }
  const { purpose, period, evidence } = application;
  return {
    items: Object.fromEntries(application.datasets.map(({ dataset, items }) => [dataset, items])),
    category: purpose.category,
    scenario: purpose.scenario,
    project: purpose.project ?? '',
    delivery: application.delivery,
    from: period.from,
    to: period.to,
    securityPlan: application.securityPlan ?? '',
    evidence: Object.fromEntries(
      evidence.map(({ condition, reference, validUntil, evidence: onFile }): [string, WrittenProof] => [
        condition,
        onFile === undefined
          ? { ...NO_PROOF, reference, validUntil: validUntil ?? '' }
          : { ...NO_PROOF, evidence: onFile },
      ]),
    ),
    answers: application.form?.answers ?? {},
    files: application.attachmentFiles,
  };
}

/** The form that the purpose asks for: of what was sent back the one it was sent with, otherwise the one in force. */
export function formFor(
  category: Purpose | '',
  forms: readonly PurposeForm[],
  application: Application | null,
): PurposeForm | null {
  const own = application?.formAsked ?? null;
  if (application !== null && application.state !== 'draft' && own?.purpose === category) return own;
  return forms.find(({ purpose }) => purpose === category) ?? null;
}

/** Nothing is sent of a form that need not be answered and is not. */
function answeredForm(form: PurposeForm | null, written: Written): ApplicationDraft['form'] {
  if (form === null) return null;
  const answers = answersOf(form, written.answers);
  return form.obligatory || Object.keys(answers).length > 0 ? { id: form.id, answers } : null;
}

/** The body to send. A purpose must be chosen before anything can be saved. */
export function draftOf(
  records: readonly Dataset[],
  written: Written & { readonly category: Purpose },
  form: PurposeForm | null,
): ApplicationDraft {
  return {
    datasets: records.map(({ id }) => ({ dataset: id, items: written.items[id] ?? [] })),
    purpose: {
      category: written.category,
      scenario: written.scenario.trim(),
      ...(written.project.trim() === '' ? {} : { project: written.project.trim() }),
    },
    delivery: written.delivery,
    period: { from: written.from, to: written.to },
    securityPlan: written.securityPlan.trim(),
    evidence: proofsOf(records).flatMap(({ kind }): ApplicationDraft['evidence'] => {
      const { reference, validUntil, evidence } = written.evidence[kind] ?? NO_PROOF;
      if (evidence !== '') return [{ condition: kind, evidence }];
      if (reference.trim() === '') return [];
      return [{ condition: kind, reference: reference.trim(), ...(validUntil === '' ? {} : { validUntil }) }];
    }),
    form: answeredForm(form, written),
    attachments: written.files.map(({ id }) => id),
  };
}
