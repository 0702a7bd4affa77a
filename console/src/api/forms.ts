import { queryOptions } from '@tanstack/react-query';
import { call } from './client';
import type { Purpose, Wording } from './types';

export const FIELD_KINDS = ['text', 'long-text', 'choice', 'choices', 'number', 'day', 'yes-no'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export interface FormField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly title: Wording;
  readonly help?: Wording;
  readonly required: boolean;
  readonly options?: readonly { readonly value: string; readonly title: Wording }[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly when?: { readonly field: string; readonly in: readonly string[] };
}

/** One published version of what applicants of a purpose are asked. */
export interface PurposeForm {
  readonly id: string;
  readonly purpose: Purpose;
  readonly number: number;
  readonly title: Wording;
  readonly obligatory: boolean;
  readonly current: boolean;
  readonly fields: readonly FormField[];
  readonly publishedAt: string;
  readonly href: string;
}
export interface PublishedForm extends PurposeForm {
  readonly etag: string;
}

export type Answer = string | number | boolean | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

export const formsQuery = () =>
  queryOptions({
    queryKey: ['forms'],
    queryFn: ({ signal }) => call<{ readonly items: readonly PublishedForm[] }>('/api/forms', { signal }),
  });
