import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { Optional, WholeNumber } from './fields.js';

/** Paging of every list; extend it with the list's own filters. */
export class PageQuery {
  @Optional()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @Optional()
  @IsString()
  @MaxLength(600)
  pageToken?: string;
}
