import { faultOfTemplate, placesOf } from '../../kernel/wording.js';
import { PLACES, type PlacesOf } from './places.js';
import {
  type Frame,
  type NoticeTable,
  type NoticeTemplate,
  type Occasion,
  placesIn,
  type Wording,
} from './template.js';

const LANGUAGES = ['zh', 'en'] as const;
const FRAME = { number: ['number'], to: ['addressee'], check: [] } as const;

/** What contradicts itself in the table beyond its schema; the start stops with every fault. */
export function faultsOfNotices({ notices, frame, series }: NoticeTable): string[] {
  return [
    ...(fits(series, ['body', 'serial', 'year']) ? [] : ['series: its places are body, year and serial']),
    ...faultsOfFrame(frame),
    ...Object.entries(notices).flatMap(([kind, template]) =>
      faultsOfTemplate(template).map((fault) => `${kind}: ${fault}`),
    ),
    ...twice(notices),
  ];
}

const fits = (text: string, places: readonly string[]): boolean =>
  faultOfTemplate(text) === null &&
  placesOf(text).optional.length === 0 &&
  [...new Set(placesOf(text).needed)].sort().join() === [...places].sort().join();

const faultsOfFrame = (frame: Frame): string[] =>
  (Object.keys(FRAME) as (keyof typeof FRAME)[]).flatMap((part) =>
    LANGUAGES.filter((language) => !fits(frame[part][language], FRAME[part])).map(
      (language) => `frame ${part} ${language}: its places are ${FRAME[part].join(', ') || 'none'}`,
    ),
  );

function faultsOfTemplate(template: NoticeTemplate): string[] {
  const unknown = template.on.filter(({ event }) => PLACES[event] === undefined);
  if (unknown.length > 0) return unknown.map(({ event }) => `no notice can be issued for ${event}`);
  const known = inAll(template.on.map(({ event }) => PLACES[event] as PlacesOf));
  const faults = LANGUAGES.flatMap((language) =>
    faultsOfWording(template[language], known).map((fault) => `${language}: ${fault}`),
  );
  return faults.length > 0 || namesIn(template.zh) === namesIn(template.en)
    ? faults
    : ['the languages say different things'];
}

/** What every one of these events can say. */
function inAll([first, ...others]: readonly PlacesOf[]): PlacesOf {
  const { always, sometimes, lists } = first as PlacesOf;
  const anyOf = (one: PlacesOf): string[] => [...one.always, ...one.sometimes];
  return {
    always: always.filter((name) => others.every((one) => one.always.includes(name))),
    sometimes: [...always, ...sometimes].filter((name) => others.every((one) => anyOf(one).includes(name))),
    lists: Object.fromEntries(Object.entries(lists).filter(([name]) => others.every((one) => name in one.lists))),
  };
}

function faultsOfWording(wording: Wording, known: PlacesOf): string[] {
  const bare = [wording.title, ...wording.text.map((one) => (typeof one === 'string' ? one : one.text))].flatMap(
    (text) => faultOfTemplate(text) ?? [],
  );
  if (bare.length > 0) return bare;
  const { own, lists } = placesIn(wording);
  return [
    ...own.flatMap((places) => faultsOfPlaces(places, known)),
    ...lists.flatMap(({ each, ...places }) => {
      const list = known.lists[each];
      if (list === undefined) return [`there is no list ${each}`];
      const all = { always: [...known.always, ...list.always], sometimes: [...known.sometimes, ...list.sometimes] };
      return faultsOfPlaces(places, all).map((fault) => `${each}: ${fault}`);
    }),
  ];
}

const faultsOfPlaces = (
  { needed, optional }: ReturnType<typeof placesOf>,
  { always, sometimes }: Pick<PlacesOf, 'always' | 'sometimes'>,
): string[] => [
  ...needed.filter((name) => !always.includes(name)).map((name) => `{${name}} is not always there`),
  ...optional
    .filter((name) => !always.includes(name) && !sometimes.includes(name))
    .map((name) => `there is no {${name}}`),
];

const namesIn = (wording: Wording): string => {
  const { own, lists } = placesIn(wording);
  const names = (places: ReturnType<typeof placesOf>, list = ''): string[] =>
    [...places.needed, ...places.optional].map((name) => `${list} ${name}`);
  const all = [...own.flatMap((one) => names(one)), ...lists.flatMap(({ each, ...places }) => names(places, each))];
  return [...new Set(all)].sort().join();
};

/** Two notices for one event, where nothing keeps them apart. */
function twice(notices: NoticeTable['notices']): string[] {
  const all = Object.entries(notices).flatMap(([kind, { on }]) => on.map((one) => ({ kind, one })));
  return all.flatMap(({ kind, one }, at) =>
    all
      .slice(at + 1)
      .filter((other) => other.kind !== kind && other.one.event === one.event && !apart(one, other.one))
      .map((other) => `${kind} and ${other.kind} are both issued for ${one.event}`),
  );
}

const apart = ({ when: a = {} }: Occasion, { when: b = {} }: Occasion): boolean =>
  Object.entries(a).some(([name, wanted]) => b[name] !== undefined && !b[name].some((one) => wanted.includes(one)));
