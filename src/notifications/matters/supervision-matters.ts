import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import { dayOf } from '../../kernel/time.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Complaint, Violation } from '../../supervision/index.js';
import type { Around } from './around.js';
import { type Matter, present } from './matter.js';

const USERS: readonly Role[] = ['handler', 'citizen', 'signatory'];

export async function violationMatter(around: Around, { subject, data }: RecordedEntry): Promise<Matter | null> {
  const violation = await around.ports.violation(around.reader, subject.id);
  if (violation === null) return null;
  const { dataset, cureBy, hearingUntil } = violation;
  const { step } = data as { readonly step?: string };
  return {
    about: { kind: 'violation', id: violation.id },
    values: present({
      violation: around.ports.violationKind(violation.kind),
      hearing: hearingUntil,
      cure: cureBy,
      dataset: dataset === null ? null : await around.title(dataset),
      step: step === undefined ? null : { family: 'step', code: step },
    }),
    people: (circle) => peopleOf(around, violation, circle),
  };
}

/** Those of the organisation, those who oversee, and whoever reported it while their body is concerned. */
async function peopleOf(around: Around, violation: Violation, circle: string): Promise<readonly Id[]> {
  if (circle === 'supervisors') return around.inRole('supervisor');
  const users = await around.inRoles(USERS, violation.organisation);
  return circle === 'concerned' ? [...users, ...(await reporterOf(around, violation))] : users;
}

async function reporterOf(around: Around, { reportedBy, holder }: Violation): Promise<readonly Id[]> {
  if (holder !== null && reportedBy.organisation === holder) return around.staffAmong([reportedBy.person], holder);
  return (await around.inRole('supervisor')).filter((person) => person === reportedBy.person);
}

/** A measure is read on the page of its violation. */
export async function sanctionMatter(around: Around, { subject }: RecordedEntry): Promise<Matter | null> {
  const sanction = await around.ports.sanction(around.reader, subject.id);
  if (sanction === null) return null;
  const { violation, organisation, step, until } = sanction;
  return {
    about: { kind: 'violation', id: violation },
    values: present({ step: { family: 'step', code: step }, until: until === null ? null : dayOf(until - 1) }),
    people: (circle) => (circle === 'users' ? around.inRoles(USERS, organisation) : around.inRole('supervisor')),
  };
}

export async function demandMatter(around: Around, { subject, data }: RecordedEntry): Promise<Matter | null> {
  const demand = await around.ports.demand(around.reader, subject.id);
  if (demand === null) return null;
  const { dataset, holder, due, organisation, person } = demand;
  const { outcome } = data as { readonly outcome?: string };
  const people: Readonly<Record<string, () => Promise<readonly Id[]>>> = {
    asker: () => (person === null ? Promise.resolve([]) : around.staffAmong([person], organisation ?? '')),
    stewards: () => around.inRole('steward', holder),
    supervisors: () => around.inRole('supervisor'),
  };
  return {
    about: { kind: 'demand', id: demand.id },
    values: present({
      due,
      holder: await around.organisation(holder),
      dataset: dataset === null ? null : await around.title(dataset),
      outcome: outcome === undefined ? null : { family: 'outcome', code: outcome },
    }),
    people: (circle) => people[circle]?.() ?? Promise.resolve([]),
  };
}

/** Who complains about their rights is told, and named to nobody. */
export async function complaintMatter(around: Around, { subject, data }: RecordedEntry): Promise<Matter | null> {
  const complaint = await around.ports.complaint(around.reader, subject.id);
  if (complaint === null) return null;
  const { number, dataset, holder, due } = complaint;
  const { outcome, due: said } = data as { readonly outcome?: string; readonly due?: string | null };
  return {
    about: { kind: 'complaint', id: complaint.id },
    values: present({
      number,
      due: said ?? due,
      holder: await around.organisation(holder),
      dataset: await around.title(dataset),
      outcome: outcome === undefined ? null : { family: 'outcome', code: outcome },
    }),
    people: (circle) => circleOf(around, complaint, circle),
  };
}

async function circleOf(around: Around, complaint: Complaint, circle: string): Promise<readonly Id[]> {
  const { person, organisation, holder } = complaint;
  if (circle === 'complainant') return person === null ? [] : around.staffAmong([person], organisation ?? '');
  if (circle === 'holder') return around.inRoles(['steward', 'reviewer'], holder);
  return [...(await around.inRole('approver')), ...(await around.inRole('supervisor'))];
}
