import type { Reader } from '../persistence/index.js';
import {
  type CataloguePort,
  type EvidencePort,
  type IdentityPort,
  NO_EVIDENCE,
  NO_RESTRICTIONS,
  type RestrictionPort,
} from './application-ports.js';
import type { FormStore } from './form-store.js';

type Asked<Question extends readonly unknown[], Answer> = (reader: Reader, ...question: Question) => Promise<Answer>;

/** Asks each question once. */
function once<Question extends readonly unknown[], Answer>(ask: Asked<Question, Answer>): Asked<Question, Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (reader, ...question) => {
    const key = JSON.stringify(question);
    const known = answers.get(key) ?? ask(reader, ...question);
    answers.set(key, known);
    return known;
  };
}

interface Ports {
  readonly identity: IdentityPort;
  readonly catalogue: CataloguePort;
  readonly forms: Pick<FormStore, 'find' | 'current'>;
  readonly restrictions?: RestrictionPort | undefined;
  readonly evidence?: EvidencePort | undefined;
}

/**
 * The same ports for judging many cases one after the other: what several of them ask is read once. Only for one
 * transaction that changes none of it meanwhile.
 */
export function remembering<Asked extends Ports>(ports: Asked): Asked {
  const { identity, catalogue, forms, restrictions = NO_RESTRICTIONS, evidence = NO_EVIDENCE } = ports;
  return {
    ...ports,
    identity: {
      organisation: once((reader, id) => identity.organisation(reader, id)),
      organisations: once((reader, ids) => identity.organisations(reader, ids)),
      person: once((reader, id) => identity.person(reader, id)),
      staff: once((reader, organisation) => identity.staff(reader, organisation)),
      eligible: once((reader, post) => identity.eligible(reader, post)),
      authority: once((reader) => identity.authority(reader)),
    },
    catalogue: {
      datasets: once((reader, ids) => catalogue.datasets(reader, ids)),
      currentAgreement: once((reader, template) => catalogue.currentAgreement(reader, template)),
      agreementHref: (template, version) => catalogue.agreementHref(template, version),
    },
    forms: {
      find: once((reader, id) => forms.find(reader, id)),
      current: once((reader, purpose) => forms.current(reader, purpose)),
    },
    evidence: {
      of: once((reader, organisation, named) => evidence.of(reader, organisation, named)),
      proved: once((reader, organisation) => evidence.proved(reader, organisation)),
    },
    restrictions: { of: once((reader, organisation) => restrictions.of(reader, organisation)) },
  };
}
