import { IsArray, IsBoolean, IsIn, IsInt, IsString, Length, Matches } from 'class-validator';
import { IsCalendarDay, IsSaid, ListOf, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { EVIDENCE_COMMANDS } from '../domain/decide.js';
import { EVIDENCE_STATES, type EvidenceState } from '../domain/evidence.js';

const KIND = /^[a-z][a-z0-9-]{0,63}$/;

export class EvidenceListQuery extends PageQuery {
  @Optional() @IsIn(EVIDENCE_STATES) state?: EvidenceState;
  @Optional() @Matches(KIND) kind?: string;
  @Optional() @IsString() @Length(1, 64) organisation?: string;
}

export class FileEvidenceBody {
  /** A kind of condition that asks for evidence. */
  @Matches(KIND) kind!: string;
  @IsSaid(256) issuer!: string;
  /** Its number, or another reference that the issuer can be asked about. */
  @IsSaid(512) reference!: string;
  @Optional() @IsCalendarDay() validFrom?: string;
  /** The last day on which it holds; left out where it has no end. */
  @Optional() @IsCalendarDay() validUntil?: string;
  /** An id that `POST /api/attachments` gave. */
  @Optional() @IsString() @Length(1, 64) attachment?: string;
  /** The one it renews: that one gives way on the day this one counts. */
  @Optional() @IsString() @Length(1, 64) replaces?: string;
}

export class VerifyEvidenceBody {
  @Optional() @IsSaid(2000) remark?: string;
}

export class WithdrawEvidenceBody {
  @Optional() @IsSaid(2000) reason?: string;
}

export class EvidenceReasonBody {
  /** Told to the organisation. */
  @IsSaid(2000) reason!: string;
}

export class EvidenceMomentBody {
  @IsString() at!: string;
  @NullOr('string') reason!: string | null;
}

export class FiledEvidenceSummaryBody {
  @IsString() id!: string;
  @IsString() organisation!: string;
  @NullOr(TextBody) organisationName!: TextBody | null;
  @IsString() kind!: string;
  @NullOr(TextBody) kindLabel!: TextBody | null;
  @IsString() issuer!: string;
  @IsString() reference!: string;
  @NullOr('string') validFrom!: string | null;
  @NullOr('string') validUntil!: string | null;
  @NullOr('string') attachment!: string | null;
  /** SHA-256 of the document, hexadecimal. */
  @NullOr('string') sha256!: string | null;
  @NullOr('string') replaces!: string | null;
  @IsIn(EVIDENCE_STATES) state!: string;
  @IsString() filedBy!: string;
  @IsString() filedAt!: string;
  /** Verified, and its first day has come. */
  @IsBoolean() counts!: boolean;
  /** It ends within 30 days and nothing verified follows it. */
  @IsBoolean() renewNow!: boolean;
  @NullOr(EvidenceMomentBody) judged!: EvidenceMomentBody | null;
  @NullOr(EvidenceMomentBody) ended!: EvidenceMomentBody | null;
  @IsString() etag!: string;
}

export class EvidenceFileBody {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsString() href!: string;
}

export class RestingGrantBody {
  @IsString() id!: string;
  @IsString() dataset!: string;
  @NullOr(TextBody) datasetTitle!: TextBody | null;
  @IsString() state!: string;
}

export class FiledEvidenceBody extends FiledEvidenceSummaryBody {
  @NullOr(EvidenceFileBody) file!: EvidenceFileBody | null;
  /** Live grants that rest on it. */
  @ListOf(() => RestingGrantBody) grants!: RestingGrantBody[];
  @IsIn(EVIDENCE_COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
}

export class EvidencePageBody {
  @ListOf(() => FiledEvidenceSummaryBody) items!: FiledEvidenceSummaryBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
