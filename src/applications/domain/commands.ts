import type { Id } from '../../kernel/ids.js';
import type { ProceedingKind, ProceedingOutcome } from '../../kernel/proceeding.js';
import type { Delivery } from '../../kernel/purpose.js';
import type { Day } from '../../kernel/time.js';
import type { AddedCondition, AppealOutcome, Defect, Period, Recommendation, RefusalReason } from './application.js';

/** Commands a caller may send; `policies/workflow.yaml` names exactly these. */
export const COMMANDS = [
  'submit',
  'withdraw',
  'request-correction',
  'accept',
  'claim',
  'release',
  'reassign',
  'declare-conflict',
  'ask',
  'answer',
  'remark',
  'consult',
  'record-consultation',
  'extend',
  'confirm-extension',
  'advise',
  'approve',
  'refuse',
  'appeal',
  'decide-appeal',
  'record-proceeding',
  'record-proceeding-outcome',
  'add-member',
  'remove-member',
  'accept-agreement',
  'counter-sign',
  'return-agreement',
  'close',
  'copy-as-new',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Part of one dataset's approval; what is left out stays as asked. */
export interface Approval {
  readonly dataset: Id;
  readonly items?: readonly string[];
  readonly delivery?: Delivery;
  readonly period?: Period;
  readonly quota?: number;
  readonly conditions?: readonly AddedCondition[];
}

/** Why a dataset that was asked for is not among those approved. */
export interface LeftOut extends RefusalReason {
  readonly dataset: Id;
}

interface Bodies {
  readonly submit: object;
  readonly withdraw: { readonly reason?: string };
  readonly 'request-correction': { readonly defects: readonly Defect[] };
  readonly accept: object;
  readonly claim: object;
  readonly release: object;
  readonly reassign: { readonly to: Id };
  readonly 'declare-conflict': { readonly text: string };
  readonly ask: { readonly text: string };
  readonly answer: { readonly text: string };
  readonly remark: { readonly text: string; readonly private: boolean };
  readonly consult: { readonly with: string; readonly question: string };
  readonly 'record-consultation': { readonly view: string };
  readonly extend: { readonly reason: string };
  readonly 'confirm-extension': object;
  readonly appeal: { readonly reason: string };
  readonly 'decide-appeal': { readonly outcome: AppealOutcome; readonly reason: string };
  readonly 'record-proceeding': {
    readonly kind: ProceedingKind;
    readonly forum: string;
    readonly filedOn: Day;
    readonly reference: string;
  };
  readonly 'record-proceeding-outcome': {
    readonly kind: ProceedingKind;
    readonly outcome: ProceedingOutcome;
    readonly on: Day;
    readonly text: string;
  };
  readonly 'add-member': { readonly subject: Id };
  readonly 'remove-member': { readonly subject: Id };
  readonly advise: { readonly recommendation: Recommendation; readonly remark: string };
  readonly approve: {
    readonly datasets?: readonly Approval[];
    readonly leftOut?: readonly LeftOut[];
    readonly reason?: string;
  };
  readonly refuse: { readonly reasons: readonly RefusalReason[] };
  readonly 'accept-agreement': { readonly version: number; readonly hash: string; readonly document?: Id };
  readonly 'counter-sign': { readonly version: number; readonly hash: string };
  readonly 'return-agreement': { readonly reason: string };
  readonly close: { readonly reason: string };
  readonly 'copy-as-new': object;
}

export type BodyOf<Name extends CommandName> = Bodies[Name];
export type Command = { [Name in CommandName]: { readonly name: Name; readonly body: Bodies[Name] } }[CommandName];
