import type { Id, Ids } from '../kernel/ids.js';
import { type Reactions, type Reader, Spool } from '../persistence/index.js';
import type { CataloguePort, EvidencePort, GrantPort, IdentityPort, RestrictionPort } from './application-ports.js';
import { scannerOf } from './attachment-scan.js';
import { AttachmentService } from './attachment-service.js';
import { ApplicationClock } from './application-clock.js';
import { ApplicationQueries } from './application-queries.js';
import { ApplicationService } from './application-service.js';
import { DeskWatch, STAFF_EVENTS } from './desk-watch.js';
import type { Rules } from './domain/facts.js';
import { FactsLoader } from './facts-loader.js';
import { FormService } from './form-service.js';
import type { StoredApplication } from './application-store.js';
import { ApplicationRow, applicationTable } from './store/application-row.js';
import { DatabaseApplicationStore } from './store/database-application-store.js';
import { RestrictionClosing } from './restriction-closing.js';
import { AttachmentPieceRow, AttachmentRow, attachmentTable, AttachmentUseRow } from './store/attachment-rows.js';
import { DatabaseAttachmentStore } from './store/database-attachment-store.js';
import { DatabaseFormStore } from './store/database-form-store.js';
import { FormRow, formTable } from './store/form-row.js';
import { openByDataset, TierWatch } from './tier-watch.js';

export {
  type CataloguePort,
  type EvidencePort,
  type GrantPort,
  type IdentityPort,
  NO_GRANTS,
  type Restriction,
  type RestrictionPort,
} from './application-ports.js';
export type { ApplicationQueries } from './application-queries.js';
export type { Concerned } from './concerned.js';
export type { ApplicationService } from './application-service.js';
export type { StoredApplication } from './application-store.js';
export type { Application, ApplicationRequest, ApplicationState, Outcome, Stage } from './domain/application.js';
export { type Command as ApplicationCommand, COMMANDS, type CommandName } from './domain/commands.js';
export type { Predecessor } from './domain/facts.js';
export { SUCCESSIONS, type Succession, type SuccessionKind } from './domain/application.js';
export { ApplicationBody } from './http/application-responses.js';
export type { ApplicationEvent, DataOf, RulingData } from './domain/events.js';
export type { Calendar } from './domain/calendar.js';
export { countedBetween, countedDays, type Deadline, isOverdue } from './domain/deadlines.js';
export { fold } from './domain/evolve.js';
export type { Rules as ApplicationRules } from './domain/facts.js';
export type { Form, FormContent } from './domain/form.js';
export type { FormService } from './form-service.js';
export { applicationRoutes } from './http/application-routes.js';
export { attachmentContent, attachmentRoutes } from './http/attachment-routes.js';
export { ATTACHMENT_TYPES } from './domain/attachment.js';
export { exportRoutes } from './http/export-routes.js';
export { formRoutes } from './http/form-routes.js';
export { lifecycleDoc, workflowDiagram, workflowTable } from './lifecycle-doc.js';
export { OUTCOME_WORDS, PROCEEDING_OUTCOME_WORDS, PROCEEDING_WORDS, PURPOSE_WORDS } from './case-words.js';
export { loadCalendar, loadDeadlines, loadRules, loadWorkflow, PolicyFault, readPolicy } from './policy-files.js';
export { RestrictionClosing } from './restriction-closing.js';
export { ApplicationRow, applicationTable };

/** Entities of this slice, for the schema; and those of its tables that the log names. */
export const applicationEntities = [ApplicationRow, FormRow, AttachmentRow, AttachmentPieceRow, AttachmentUseRow];
export const applicationTables = [applicationTable, formTable, attachmentTable];

export interface ApplicationsDeps {
  readonly rules: Rules;
  readonly identity: IdentityPort;
  readonly catalogue: CataloguePort;
  readonly grants: GrantPort;
  /** Left out: nobody is restricted. */
  readonly restrictions?: RestrictionPort;
  /** Left out: nobody has evidence on file. */
  readonly evidence?: EvidencePort;
  readonly ids: Ids;
  /** Where uploads lie until they are kept. */
  readonly spool: string;
  /** The operator's command that scans a file; null where there is none. */
  readonly scanner: string | null;
}

/** Passes cases on when a desk is emptied; subscribed before grants are, for applications are locked before grants. */
export function watchDesks(
  { rules, identity, catalogue }: Pick<ApplicationsDeps, 'rules' | 'identity' | 'catalogue'>,
  reactions: Reactions,
): void {
  const store = new DatabaseApplicationStore();
  const watch = new DeskWatch(rules, identity, store, factsFrom({ rules, identity, catalogue }, store));
  reactions.on(STAFF_EVENTS, (tx, entries) => watch.staffChanged(tx, entries));
}

/** Tells open requests of a changed tier; subscribed before grants are, for applications are locked before grants. */
export function watchTiers({ catalogue }: Pick<ApplicationsDeps, 'catalogue'>, reactions: Reactions): void {
  const watch = new TierWatch(catalogue, new DatabaseApplicationStore());
  reactions.on('dataset.reclassified', (tx, entries) => watch.tierChanged(tx, entries));
}

/** The open requests that name each of these datasets, drafts included. */
export const openApplications = (
  reader: Reader,
  datasets: readonly { readonly id: Id; readonly publisher: Id }[],
): Promise<ReadonlyMap<Id, readonly StoredApplication[]>> =>
  openByDataset(new DatabaseApplicationStore(), reader, datasets);

/** What applicants fill in and attach. */
export const attachmentStore = new DatabaseAttachmentStore();
const documents = { forms: new DatabaseFormStore(), attachments: attachmentStore };

const factsFrom = (
  { rules, identity, catalogue }: Pick<ApplicationsDeps, 'rules' | 'identity' | 'catalogue'>,
  store: DatabaseApplicationStore,
  more: Partial<Pick<ApplicationsDeps, 'restrictions' | 'evidence' | 'grants'>> = {},
): FactsLoader => new FactsLoader({ rules, identity, catalogue, store, ...more, ...documents });

/** The slice: its service, its queries, and the rules both decide by. */
export function createApplications(deps: ApplicationsDeps) {
  const store = new DatabaseApplicationStore();
  const facts = factsFrom(deps, store, deps);
  return {
    restricting: new RestrictionClosing(store),
    service: new ApplicationService(deps.rules, store, facts, deps.ids, documents.attachments),
    queries: new ApplicationQueries({ ...deps, attachments: documents.attachments }, store, facts),
    forms: { store: documents.forms, service: new FormService(deps.identity, documents.forms, deps.ids) },
    attachments: {
      store: documents.attachments,
      service: new AttachmentService({
        store: documents.attachments,
        spool: new Spool(deps.spool, 'attachment'),
        ids: deps.ids,
        scan: deps.scanner === null ? null : scannerOf(deps.scanner),
      }),
    },
    clock: new ApplicationClock(deps.rules, store),
    workflow: deps.rules.workflow,
    expectedWorkingDays: expectedWorkingDays(deps.rules),
    calendar: deps.rules.clock.calendar,
    /** The events of a case, in order; for what is counted from them. */
    histories: (reader: Reader, ids: readonly Id[]) => store.histories(reader, ids),
  };
}
/** Working days a complete application takes at most on the side of the holder and the authority. */
const expectedWorkingDays = ({ clock }: Rules): number =>
  (clock.table.steps.acceptance?.limit ?? 0) + clock.table.steps.decision.limit;

export type Applications = ReturnType<typeof createApplications>;
