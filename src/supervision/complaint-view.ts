import { etagOf } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { dayOf, type Instant, isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { ComplaintService } from './complaint-service.js';
import { isInvolved, seesComplainant } from './complaint-sight.js';
import type { StoredComplaint } from './complaint-store.js';
import { type Complaint, isRunning, type Proposal } from './domain/complaint.js';

/** Complaints as lists show them. */
export async function complaintLines({ deps }: ComplaintService, reader: Reader, listed: readonly StoredComplaint[]) {
  const all = listed.map(({ complaint }) => complaint);
  const names = await deps.surroundings.names(
    reader,
    distinct(all.map(({ dataset }) => dataset)),
    distinct(all.map(({ holder }) => holder)),
  );
  return listed.map(({ complaint, version }) => {
    const { id, number, about, state, fault, right, items, dataset, holder, distribution } = complaint;
    return {
      id,
      number,
      about,
      state,
      fault,
      right,
      items,
      distribution,
      dataset,
      datasetTitle: names.get(dataset) ?? null,
      holder,
      holderName: names.get(holder) ?? null,
      filedAt: isoOf(complaint.filedAt),
      deadline: deadlineOf(deps.rules, complaint, reader.now),
      rests: complaint.restsSince !== null,
      outcome: complaint.answer?.outcome ?? null,
      etag: etagOf(version),
    };
  });
}

/** One complaint as one caller sees it: its words for who has to do with it, its author for who decides. */
export async function complaintView(
  service: ComplaintService,
  reader: Reader,
  principal: Principal,
  stored: StoredComplaint,
) {
  const { complaint } = stored;
  const [line] = await complaintLines(service, reader, [stored]);
  const involved = isInvolved(principal, complaint);
  return {
    ...line,
    reason: involved ? complaint.reason : null,
    evidence: involved ? complaint.evidence : null,
    attachments: involved ? await filesOf(service, reader, complaint) : [],
    complainant: seesComplainant(principal, complaint) ? await complainantOf(service, reader, complaint) : null,
    lift: involved ? proposalOf(complaint.lift) : null,
    release: involved ? releaseOf(complaint) : null,
    verification: involved ? verificationOf(complaint) : null,
    answer: answerOf(complaint),
    treatment: complaint.treatment && { text: complaint.treatment.text, at: isoOf(complaint.treatment.at) },
    reopened: complaint.reopened && { ...complaint.reopened, at: isoOf(complaint.reopened.at) },
    allowedCommands: await service.allowed(reader, principal, complaint),
  };
}

/** The clock of the step it waits for; null where none runs. */
function deadlineOf(rules: ComplaintService['deps']['rules'], complaint: Complaint, now: Instant) {
  if (!isRunning(complaint)) return null;
  const { about, state, due } = complaint;
  const { verify, decide, treat } = rules.rights;
  const steps = { open: verify, verified: decide, treating: treat };
  const { days, source, verified } =
    about === 'quality' ? rules.quality.answer : steps[state as 'open' | 'verified' | 'treating'];
  return { due, workingDays: days, source, verified, overdue: dayOf(now) > due };
}

const said = ({ reason, at }: { readonly reason: string; readonly at: Instant }) => ({ reason, at: isoOf(at) });

const proposalOf = (proposal: Proposal | null) =>
  proposal && {
    reason: proposal.reason,
    at: isoOf(proposal.at),
    confirmed: proposal.confirmed && said(proposal.confirmed),
  };

const releaseOf = ({ release }: Complaint) =>
  release === undefined
    ? null
    : {
        ...proposalOf(release),
        declined: release.declined === undefined ? null : said(release.declined),
      };

const verificationOf = ({ verification }: Complaint) =>
  verification && {
    finding: verification.finding,
    remark: verification.remark,
    at: isoOf(verification.at),
  };

/** The reply: everyone's for an objection to quality, else for who has to do with it. */
const answerOf = ({ answer }: Complaint) =>
  answer && {
    outcome: answer.outcome,
    text: answer.text,
    mendedOn: answer.mendedOn,
    manifestly: answer.manifestly,
    at: isoOf(answer.at),
  };

async function filesOf({ deps }: ComplaintService, reader: Reader, { id, attachments }: Complaint) {
  const found = await Promise.all(attachments.map((file) => deps.files.find(reader, file)));
  return attachments.map((file, at) => ({
    id: file,
    name: found[at]?.name ?? file,
    href: `/api/complaints/${id}/attachments/${file}`,
  }));
}

async function complainantOf({ deps }: ComplaintService, reader: Reader, complaint: Complaint) {
  const { person, organisation, onBehalfOf } = complaint;
  if (person === null) return null;
  const names = await deps.surroundings.names(reader, [], distinct([organisation]));
  return { person, organisation, organisationName: names.get(organisation ?? '') ?? null, onBehalfOf };
}

const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))];
