import { IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import type { ProblemCode } from '../../kernel/problems/index.js';

/* What questions of all kinds have in common, for the API document. */

/** AuthZEN: members that are not known are ignored; types that are not known are denied, not refused. */
export class AccessSubject {
  /** `organisation`, `user` or `anonymous`. */
  @IsString() type!: string;
  @IsString() id!: string;
  @IsOptional() @IsObject() properties?: object;
}
export class AccessResource {
  /** `dataset` or `distribution`. */
  @IsString() type!: string;
  /** Ours, or the publisher's identifier together with `properties.publisher`. */
  @IsString() id!: string;
  @IsOptional() @IsObject() properties?: object;
}
export class AccessAction {
  /** `read`, `download`, `api` or `sandbox`. */
  @IsString() name!: string;
}
export class AccessContext {
  @IsOptional() @IsString() purpose?: string;
  @IsOptional() @IsInt() minRevision?: number;
}

const BROKEN = ['internal-error', 'unavailable'] as const satisfies ProblemCode[];
export const POSTED = [
  'malformed-json',
  'bad-encoding',
  'duplicate-key',
  'too-deep',
  'unsupported-content-type',
  'invalid-body',
  'sign-in-required',
  'invalid-token',
  'too-large',
  ...BROKEN,
] as const satisfies ProblemCode[];

export const QUESTION = {
  subject: { type: 'organisation', id: '91310000MA1FL0000X' },
  resource: { type: 'dataset', id: '01J9ZC4V7M3W8Q5T6R2P1N0KXA' },
  action: { name: 'download' },
};

export const common = { tag: 'Decisions', credential: 'required' } as const;
