import type { Text } from '../../../kernel/text.js';

/** A text of law or standard and its article; `verified` only where the text was read. */
export interface ColumnSource {
  readonly text: Text;
  readonly article?: Text;
  readonly verified: boolean;
}

/**
 * What a column does to people. `identifier` names one person; `quasi-identifier` helps to single one out together with
 * others; `sensitive` is what they would not want told; `organisation` is about bodies; `key` is a number of a record.
 */
export const COLUMN_ROLES = ['identifier', 'quasi-identifier', 'sensitive', 'organisation', 'key', 'context'] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Evidence in the order in which it is believed. `cue`: the heading says it and the content does not speak against it. */
export const EVIDENCE = ['checksum', 'pattern', 'list', 'cue'] as const;
export type ColumnEvidence = (typeof EVIDENCE)[number];

/** What it takes. All that is named must hold. */
export interface Threshold {
  /** Least share of the non-empty cells that match, 0 to 1. */
  readonly fraction: number;
  /** Least number of cells that match. */
  readonly matches: number;
  /** Least share among the cells that look alike whether or not their check digit holds. */
  readonly purity?: number;
  /** Greatest probability that as many of them pass by chance. */
  readonly doubt?: number;
}

/** One way to recognise a type: a validator of ours over whole cells and what it takes in which circumstances. */
export interface ColumnWay {
  /** Name of the rule in findings, unique in the file. */
  readonly rule: string;
  readonly evidence: ColumnEvidence;
  readonly validator: string;
  /** Value lists that the validator compares with, in its order. */
  readonly lists?: readonly string[];
  /** Probability that a random text of the identifier's shape passes its check. */
  readonly chance?: number;
  /** True when another type may hold on the same cell: it looks inside a longer cell, or at what the cell is about. */
  readonly part?: true;
  /** Without any help from the heading; absent: never. */
  readonly alone?: Threshold;
  /** Where the heading names the type. */
  readonly withCue?: Threshold;
  /** Where the heading is one of the bare words in `hints`. */
  readonly withHint?: Threshold;
  /** Where the heading is a hint and the table has columns of the types in `neighbours`. */
  readonly withNeighbours?: Threshold;
}

/** Words by language. `except`: longer words that hold a term and do not mean it. */
export interface HeadingWords {
  readonly zh?: readonly string[];
  readonly en?: readonly string[];
  readonly except?: readonly string[];
}

export interface ColumnType {
  readonly type: string;
  readonly title: Text;
  readonly roles: readonly ColumnRole[];
  readonly source: ColumnSource;
  /** Words anywhere in a heading. */
  readonly cues: HeadingWords;
  /** Whole headings that say too little alone: `name`, `contact`. */
  readonly hints?: readonly string[];
  /** Types of which another column of the table must be, for `withNeighbours`. */
  readonly neighbours?: readonly string[];
  readonly ways: readonly ColumnWay[];
}

/** `columns.yaml`: everything that decides what a column is. */
export interface ColumnTypes {
  readonly version: number;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Words of headings that count or average: `zh` at the end, `en` anywhere. What else they say is then no cue. */
  readonly aggregates: HeadingWords;
  readonly types: readonly ColumnType[];
}
