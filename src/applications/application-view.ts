import { etagOf } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import { isAmong } from '../kernel/principal.js';
import { type Language, textIn } from '../kernel/text.js';
import { dayOf, isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { CataloguePort, DatasetView, GrantPort, IdentityPort } from './application-ports.js';
import type { AttachmentStore } from './attachment-store.js';
import { attachmentView } from './attachment-view.js';
import type { Listed, StoredApplication } from './application-store.js';
import type { Acceptance, Application, Outcome, RefusalReason, Turn } from './domain/application.js';
import { countedDays, type Deadline, isOverdue, isPaused, ledgerOf } from './domain/deadlines.js';
import { awaitingHolder } from './domain/decide-agreement.js';
import { allowedCommands, editBar } from './domain/decide.js';
import { warningsOf } from './domain/draft.js';
import { changesSinceSent } from './domain/changes.js';
import { formAsked } from './domain/form-asked.js';
import { type ApplicationEvent, isSeenByApplicant } from './domain/events.js';
import type { Facts, Rules } from './domain/facts.js';
import { documentsOf } from './domain/proofs.js';
import { isApplicantView } from './domain/separation.js';
import { receiptOf, waitingFor } from './domain/turn.js';
import { formView } from './form-view.js';

export interface ViewPorts {
  readonly rules: Rules;
  readonly identity: IdentityPort;
  readonly catalogue: CataloguePort;
  readonly grants: GrantPort;
  readonly attachments: Pick<AttachmentStore, 'findMany'>;
}

/** Names in one answer. */
class Names {
  constructor(
    private readonly reader: Reader,
    private readonly identity: IdentityPort,
    private readonly language: Language,
  ) {}

  /** Reads all of these at once: what follows asks for none of them again. */
  async foresee(organisations: readonly Id[], people: readonly Id[] = []): Promise<void> {
    await this.identity.organisations(this.reader, [...new Set(organisations)]);
    await this.identity.people(this.reader, [...new Set(people)]);
  }

  async organisation(id: Id): Promise<{ id: Id; name: string }> {
    const found = await this.identity.organisation(this.reader, id);
    return { id, name: textIn(found?.name ?? {}, this.language) };
  }

  async person(id: Id): Promise<{ id: Id; name: string }> {
    return { id, name: (await this.identity.person(this.reader, id))?.name ?? '' };
  }

  async turn(turn: Turn | null): Promise<{ role: string; organisation: { id: Id; name: string } } | null> {
    return turn === null ? null : { role: turn.role, organisation: await this.organisation(turn.organisation) };
  }
}

/** A coded reason in words, with what would make it approvable where the code is known. */
function reasonView({ code, text }: RefusalReason, workflow: Rules['workflow'], language: Language) {
  const known = workflow.source.refusalReasons[code];
  const coded =
    known === undefined ? {} : { title: textIn(known.text, language), remedy: textIn(known.remedy, language) };
  return { code, text, ...coded };
}

const outcomeView = ({ reason, ...outcome }: Outcome, workflow: Rules['workflow'], language: Language) => ({
  ...outcome,
  dataset: undefined,
  ...(reason === undefined ? {} : { reason: reasonView(reason, workflow, language) }),
});

const datasetsOf = (
  { request, outcomes }: Application,
  found: readonly DatasetView[],
  { workflow }: Rules,
  language: Language,
) =>
  request.datasets.map(({ dataset, items }) => {
    const record = found.find(({ id }) => id === dataset);
    const outcome = outcomes.find((one) => one.dataset === dataset);
    return {
      dataset,
      title: record?.title ?? {},
      tier: record?.tier ?? null,
      items,
      ...(outcome === undefined ? {} : { outcome: outcomeView(outcome, workflow, language) }),
    };
  });

function deadlineView(deadline: Deadline, { clock }: Rules, today: string, language: Language) {
  const { kind, start, limit, extensions, due, provisional, pauses, ended, pack, source, verified } = deadline;
  return {
    kind,
    start,
    limit,
    extensions,
    due,
    provisional,
    pauses,
    ended,
    pack,
    source: textIn(source, language),
    verified,
    counted: countedDays(deadline, clock.calendar, today),
    paused: isPaused(deadline, today),
    overdue: isOverdue(deadline, today),
    ledger: ledgerOf(deadline, clock.calendar),
  };
}

/** The parts of an event's data that its readers are told; what the answer says elsewhere is left out. */
const TOLD = [
  'reason',
  'defects',
  'text',
  'question',
  'private',
  'recommendation',
  'remark',
  'reasons',
  'dataset',
  'from',
  'to',
  'why',
  'stage',
  'version',
  'hash',
  'number',
  'copiedFrom',
  'with',
  'subject',
  'outcome',
  'kind',
  'due',
  'forum',
  'filedOn',
  'reference',
  'on',
  'cause',
] as const;

async function historyOf(events: readonly ApplicationEvent[], applicantView: boolean, names: Names) {
  const shown = applicantView ? events.filter(isSeenByApplicant) : events;
  return Promise.all(
    shown.map(async ({ event, at, by, data }) => {
      const whole = data as unknown as Record<string, unknown>;
      const told = Object.fromEntries(TOLD.flatMap((key) => (whole[key] === undefined ? [] : [[key, whole[key]]])));
      return { event, at: isoOf(at), by: by === 'system' ? null : await names.person(by), data: told };
    }),
  );
}

/** What the officers asked and the applicant answered, in order. */
function questionsOf(events: readonly ApplicationEvent[]) {
  const answers = events.filter((one) => one.event === 'application.answered');
  return events
    .filter((one) => one.event === 'application.asked')
    .map(({ at, data: { question, text } }) => {
      const answer = answers.find(({ data }) => data.question === question);
      return {
        number: question,
        text,
        askedAt: isoOf(at),
        answered: answer !== undefined,
        answer: answer === undefined ? null : { text: answer.data.text, at: isoOf(answer.at) },
      };
    });
}

/** Why it was refused, the review of that, and what was filed elsewhere against a ruling. */
function rulingView({ reasons, appeal, proceedings = [] }: Application, { workflow }: Rules, language: Language) {
  return {
    ...(reasons.length === 0 ? {} : { reasons: reasons.map((one) => reasonView(one, workflow, language)) }),
    ...(appeal === null ? {} : { appeal: { ...appeal, at: isoOf(appeal.at) } }),
    proceedings: proceedings.map(({ kind, forum, filedOn, reference, ended }) => ({
      kind,
      forum,
      filedOn,
      reference,
      ended,
    })),
  };
}

const acceptanceView = ({ version, at, by, document, counterSigned }: Acceptance) => ({
  version,
  at: isoOf(at),
  by,
  ...(document === undefined ? {} : { document }),
  counterSigned: counterSigned === undefined ? null : { at: isoOf(counterSigned.at), by: counterSigned.by },
});

function agreementView(application: Application, facts: Facts, catalogue: CataloguePort) {
  const { accepted, agreementTemplate } = application;
  const shown = facts.agreement ?? accepted;
  if (shown === null || agreementTemplate === null) return null;
  const { template, version, hash, execution = 'acceptance' } = shown;
  return {
    execution,
    awaitsHolder: awaitingHolder(application, facts) !== null,
    template,
    version,
    hash,
    href: catalogue.agreementHref(template, version),
    accepted: accepted === null ? null : acceptanceView(accepted),
  };
}

function changesOf(events: readonly ApplicationEvent[]) {
  const changes = changesSinceSent(events);
  return changes === null ? {} : { changes };
}

/** What the applicant has on file for the conditions its datasets ask a proof for; `proves`: it counts today. */
function evidenceOnFile({ request }: Application, { datasets, evidence, proved }: Facts) {
  const asked = request.datasets.flatMap(({ dataset }) => datasets.get(dataset)?.conditions ?? []);
  const kinds = asked.filter((one) => one.evidenceRequired).map(({ kind }) => kind);
  return evidence
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ id, kind, state, issuer, reference, validFrom, validUntil, attachment }) => ({
      id,
      kind,
      state,
      issuer,
      reference,
      validFrom,
      validUntil,
      attachment,
      proves: proved.get(kind)?.evidence === id,
    }));
}

/** Conditions that name kinds of applicants: whether this applicant is of them. Nothing follows of itself. */
function matchedConditions({ request }: Application, { datasets, applicant }: Facts, language: Language) {
  return request.datasets.flatMap(({ dataset }) =>
    (datasets.get(dataset)?.conditions ?? []).flatMap(({ kind, text, applicants }) =>
      applicants === undefined
        ? []
        : [{ dataset, kind, text: textIn(text, language), met: isAmong(applicants, applicant.kind) }],
    ),
  );
}

async function attachmentsOf({ attachments }: ViewPorts, reader: Reader, application: Application, facts: Facts) {
  const found = await attachments.findMany(reader, documentsOf(application, facts));
  return found.map((one) => attachmentView(one, application.id));
}

function formOf(application: Application, facts: Facts) {
  const form = formAsked(application, facts);
  return form === null ? null : formView(form);
}

function openPart(application: Application, facts: Facts, rules: Rules) {
  const editable = editBar(rules, application, facts) === null;
  return { editable, warnings: editable ? warningsOf(application, facts) : [] };
}

const peopleOf = ({ request, assignee }: Application, events: readonly ApplicationEvent[]): Id[] => [
  ...request.members,
  ...(assignee === null ? [] : [assignee]),
  ...events.flatMap(({ by }) => (by === 'system' ? [] : [by])),
];

async function namesIn(
  { identity }: ViewPorts,
  reader: Reader,
  application: Application,
  events: readonly ApplicationEvent[],
  language: Language,
): Promise<Names> {
  const names = new Names(reader, identity, language);
  await names.foresee([application.holder, application.applicant], peopleOf(application, events));
  return names;
}

/** The application as this caller reads it; `allowedCommands` is exactly what the server would accept from them now. */
export async function viewOf(
  ports: ViewPorts,
  reader: Reader,
  { application, version }: StoredApplication,
  facts: Facts,
  events: readonly ApplicationEvent[],
  language: Language,
) {
  const { rules } = ports;
  const names = await namesIn(ports, reader, application, events, language);
  const today = dayOf(facts.now);
  const applicantView = isApplicantView(application, facts);
  const found = await ports.catalogue.datasets(
    reader,
    application.request.datasets.map(({ dataset }) => dataset),
  );
  const receipt = receiptOf(rules, application, facts);
  const { datasets: _asked, ...asked } = application.request;
  return {
    id: application.id,
    kind: application.kind ?? 'opening',
    number: application.number,
    state: application.state,
    stage: application.state === 'in-review' ? application.stage : null,
    holder: await names.organisation(application.holder),
    applicant: { ...(await names.organisation(application.applicant)), kind: facts.applicant.kind },
    datasets: datasetsOf(application, found, rules, language),
    ...asked,
    attachments: application.request.attachments ?? [],
    attachmentFiles: await attachmentsOf(ports, reader, application, facts),
    evidenceOnFile: evidenceOnFile(application, facts),
    matchedConditions: matchedConditions(application, facts, language),
    memberNames: await Promise.all(application.request.members.map((member) => names.person(member))),
    ...openPart(application, facts, rules),
    formAsked: formOf(application, facts),
    allowedCommands: allowedCommands(rules, application, facts),
    deadlines: application.deadlines.map((deadline) => deadlineView(deadline, rules, today, language)),
    waitingFor: await names.turn(waitingFor(rules, application, facts)),
    assignee: applicantView || application.assignee === null ? null : await names.person(application.assignee),
    receipt: receipt && {
      ...receipt,
      receivedAt: isoOf(receipt.receivedAt),
      waitingFor: await names.turn(receipt.waitingFor),
    },
    defects: application.defects,
    questions: questionsOf(events),
    ...changesOf(events),
    ...(applicantView || application.advice === null ? {} : { advice: application.advice }),
    ...rulingView(application, rules, language),
    agreement: agreementView(application, facts, ports.catalogue),
    grants: await ports.grants.ofApplication(reader, application.id),
    history: await historyOf(events, applicantView, names),
    copiedFrom: application.copiedFrom,
    succeeds: application.succeeds ?? null,
    createdAt: isoOf(application.createdAt),
    submittedAt: application.submittedAt === null ? null : isoOf(application.submittedAt),
    etag: etagOf(version),
  };
}

const partiesOf = ({ application: { holder, applicant }, turn }: StoredApplication): Id[] =>
  turn === null ? [holder, applicant] : [holder, applicant, turn.organisation];

/** One line of a list. */
export async function summariesOf(ports: ViewPorts, reader: Reader, listed: readonly Listed[], language: Language) {
  const names = new Names(reader, ports.identity, language);
  const ids = listed.flatMap(({ stored }) => stored.application.request.datasets.map(({ dataset }) => dataset));
  const found = await ports.catalogue.datasets(reader, [...new Set(ids)]);
  await names.foresee(listed.flatMap(({ stored }) => partiesOf(stored)));
  const today = dayOf(reader.now);
  return Promise.all(
    listed.map(async ({ stored: { application, version, turn }, due }) => ({
      id: application.id,
      kind: application.kind ?? 'opening',
      number: application.number,
      state: application.state,
      stage: application.state === 'in-review' ? application.stage : null,
      holder: await names.organisation(application.holder),
      applicant: await names.organisation(application.applicant),
      datasets: datasetsOf(application, found, ports.rules, language),
      purpose: application.request.purpose,
      delivery: application.request.delivery,
      period: application.request.period,
      ...(application.request.bundle === undefined ? {} : { bundle: application.request.bundle }),
      waitingFor: await names.turn(turn),
      openQuestions: application.questions.filter(({ answered }) => !answered).length,
      due,
      overdue: due !== null && due < today,
      createdAt: isoOf(application.createdAt),
      submittedAt: application.submittedAt === null ? null : isoOf(application.submittedAt),
      etag: etagOf(version),
    })),
  );
}
