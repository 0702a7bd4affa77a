import { faultsOfLetters, type LetterTexts } from './letter.js';
import type { Nearness } from './near.js';
import { type Both, faultOfTemplate, placesOf, type Words } from './wording.js';
import { alwaysFilled, CIRCLES, isKnownEvent, mayBeFilled, type SubjectKind, subjectOf } from './told-events.js';

/** One circle of people and what it is told. */
export interface Line {
  /** Names the text within its event. */
  readonly as: string;
  readonly to: string;
  /** Also tells whoever did it. */
  readonly confirm?: boolean;
  /** Tells only if the event says one of these of each; what it does not say counts as null. */
  readonly when?: Readonly<Record<string, readonly (string | boolean | null)[]>>;
  readonly title: Both;
  readonly text: Both;
}

/** `policies/notifications.yaml`. */
export interface NotificationTable {
  readonly events: Readonly<Record<string, readonly Line[]>>;
  /** Events nobody is told of, each with the reason. */
  readonly silent: Readonly<Record<string, string>>;
  readonly words: Words;
  /** Days before something is due. */
  readonly near: Nearness;
  readonly letters: LetterTexts;
}

/** The key by which a stored notification finds its text again: `application.accepted/accepted`. */
export const templateKey = (event: string, { as }: Pick<Line, 'as'>): string => `${event}/${as}`;

/** The line of a key; undefined where a later table has it no more. */
export function lineOf({ events }: NotificationTable, key: string): Line | undefined {
  const [event = '', as] = key.split('/');
  return events[event]?.find((line) => line.as === as);
}

/** What contradicts itself in the table beyond its schema; the start stops with every fault. */
export function faultsOfTable(table: NotificationTable): string[] {
  const both = Object.keys(table.silent).filter((event) => event in table.events);
  return [
    ...both.map((event) => `${event} is told and silent`),
    ...Object.keys({ ...table.events, ...table.silent })
      .filter((event) => !isKnownEvent(event))
      .map((event) => `${event} is no event of a chapter that is told`),
    ...Object.entries(table.events)
      .filter(([event]) => isKnownEvent(event))
      .flatMap(([event, lines]) => faultsOfEvent(event, lines)),
    ...faultsOfLetters(table.letters),
  ];
}

function faultsOfEvent(event: string, lines: readonly Line[]): string[] {
  const names = lines.map(({ as }) => as);
  const twice = names.filter((as, at) => names.indexOf(as) !== at);
  return [...twice.map((as) => `${event} has two texts ${as}`), ...lines.flatMap((line) => faultsOfLine(event, line))];
}

function faultsOfLine(event: string, line: Line): string[] {
  const where = templateKey(event, line);
  const kind = subjectOf(event);
  const circles: readonly string[] = circlesFor(kind);
  return [
    ...(circles.includes(line.to) ? [] : [`${where}: nobody is called ${line.to} here`]),
    ...(['title', 'text'] as const).flatMap((part) =>
      faultsOfTexts(event, line[part]).map((fault) => `${where} ${part}: ${fault}`),
    ),
  ];
}

const circlesFor = (kind: SubjectKind): readonly string[] =>
  kind === 'reminder' ? [...CIRCLES.application, ...CIRCLES.grant, ...CIRCLES.evidence] : CIRCLES[kind];

function faultsOfTexts(event: string, text: Both): string[] {
  const always = alwaysFilled(event);
  const sometimes = [...always, ...mayBeFilled(event)];
  const faults = (['en', 'zh'] as const).flatMap((language) => {
    const fault = faultOfTemplate(text[language]);
    if (fault !== null) return [`${language}: ${fault}`];
    const { needed, optional } = placesOf(text[language]);
    return [
      ...needed.filter((name) => !always.includes(name)).map((name) => `${language}: {${name}} is not always there`),
      ...optional.filter((name) => !sometimes.includes(name)).map((name) => `${language}: there is no {${name}}`),
    ];
  });
  return faults.length > 0 || placed(text.en) === placed(text.zh) ? faults : ['the languages say different things'];
}

const placed = (template: string): string => {
  const { needed, optional } = placesOf(template);
  return JSON.stringify([[...needed].sort(), [...optional].sort()]);
};
