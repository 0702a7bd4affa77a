/** What the facts of an event hold (src/notices/facts): always, sometimes, and row by row in its lists. */
export interface PlacesOf {
  readonly always: readonly string[];
  readonly sometimes: readonly string[];
  readonly lists: Readonly<Record<string, Pick<PlacesOf, 'always' | 'sometimes'>>>;
}

const EVERY = ['addressee', 'issuer', 'day'] as const;
/** The words of opening, or those of sharing between bodies. */
const WAY = ['what', 'act', 'terms', 'redress'] as const;
const CASE = [...EVERY, ...WAY, 'case', 'received', 'purpose', 'datasets', 'holder'] as const;
const GRANT = [...EVERY, ...WAY, 'dataset', 'grant', 'delivery', 'from', 'to', 'holder'] as const;
const MEASURE = [...EVERY, 'step', 'violation', 'reference'] as const;
const ASKED = { asked: { always: ['at', 'title'], sometimes: ['items'] } } as const;
const GRANTED = {
  granted: { always: ['at', 'title', 'delivery', 'from', 'to'], sometimes: ['items', 'quota', 'conditions', 'grant'] },
} as const;

const ofCase = (always: readonly string[], sometimes: readonly string[] = [], lists: PlacesOf['lists'] = {}) => ({
  always: [...CASE, ...always],
  sometimes,
  lists: { ...ASKED, ...lists },
});
const ofGrant = (always: readonly string[], sometimes: readonly string[] = []) => ({
  always: [...GRANT, ...always],
  sometimes: ['case', ...sometimes],
  lists: {},
});
const ofMeasure = (always: readonly string[], sometimes: readonly string[] = []) => ({
  always: [...MEASURE, ...always],
  sometimes: ['dataset', ...sometimes],
  lists: { concerned: { always: ['at', 'title'], sometimes: [] } },
});

const DUE = ['due', 'days', 'basis', 'provisional'] as const;
const ruled = ofCase([], ['reason'], { ...GRANTED, denied: { always: ['at', 'title'], sometimes: ['why', 'said'] } });

/** Events a notice may be issued for, with what can be said of each. */
export const PLACES: Readonly<Record<string, PlacesOf>> = {
  'application.submitted': ofCase([], DUE),
  'application.accepted': ofCase([], DUE),
  'application.correction-requested': ofCase([], DUE, {
    defects: { always: ['at', 'text'], sometimes: ['place'] },
  }),
  'application.extended': ofCase(['reason'], DUE),
  'application.approved': ruled,
  'application.partly-approved': ruled,
  'application.refused': ofCase([], [], {
    reasons: { always: ['at', 'title'], sometimes: ['text', 'remedy', 'article'] },
  }),
  'application.appeal-decided': ofCase(['reason'], DUE),
  'application.withdrawn': ofCase([], ['reason']),
  'application.abandoned': ofCase([], []),
  'application.closed': ofCase(['reason']),
  'application.concluded': ofCase(['agreement'], [], GRANTED),
  'grant.suspended': ofGrant(['cause'], ['reason', 'until']),
  'grant.resumed': ofGrant(['cause'], ['reason', 'still']),
  'grant.limited': ofGrant(['reason'], ['quota', 'cut', 'until']),
  'grant.revoked': ofGrant(['reason']),
  'violation.reported': {
    always: [...EVERY, 'violation', 'reference', 'hearing'],
    sometimes: ['dataset'],
    lists: {},
  },
  'violation.dismissed': { always: [...EVERY, 'violation', 'reference', 'reason'], sometimes: ['dataset'], lists: {} },
  'sanction.imposed': ofMeasure(['reason'], ['until', 'cure', 'quota', 'cut']),
  'sanction.lifted': ofMeasure(['reason'], []),
  'sanction.ended': ofMeasure(['ended'], []),
};
