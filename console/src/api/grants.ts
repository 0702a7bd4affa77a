import type { ApplicationKind, SuccessionKind } from './applications';
import type { SecureEnvironment } from './datasets';
import type { AgreementRef, Delivery, DutyTerm, Period, Purpose, Wording } from './types';

/** What the user of the data accounts for, by the command of that name. */
export interface GrantDuty {
  readonly kind: 'report-use' | 'certify-deletion';
  readonly asked: boolean;
  readonly done: number;
  readonly last: {
    readonly at: string;
    readonly text?: string;
    readonly products?: readonly string[];
    readonly date?: string;
    readonly method?: string;
  } | null;
  readonly due: string | null;
  readonly overdue: boolean;
}
export interface Grant {
  readonly id: string;
  readonly kind: ApplicationKind;
  readonly application: string;
  readonly number?: string | null;
  readonly organisation: string;
  readonly organisationName: Wording | null;
  readonly dataset: string;
  readonly datasetTitle: Wording | null;
  readonly items: readonly string[];
  readonly purpose: Purpose;
  readonly scenario?: string;
  readonly delivery: Delivery;
  readonly period: Period;
  readonly state: string;
  readonly inForce?: 'yes' | 'no' | 'not-yet' | 'ended';
  /** Whether the data itself is served. */
  readonly data: 'served' | 'in-part' | 'rests';
  readonly restingItems?: readonly string[];
  readonly agreement?: (AgreementRef & { readonly at?: string }) | null;
  readonly conditions?: readonly (DutyTerm & {
    readonly kind: string;
    readonly text: Wording;
    readonly validUntil?: string | null;
    readonly lapsed?: boolean;
  })[];
  readonly duties?: readonly GrantDuty[];
  /** The first day by which something is owed under it. */
  readonly dutyDue: string | null;
  readonly quota?: number;
  /** The application that renews or amends it, under way or concluded. */
  readonly following?: { readonly application: string; readonly kind: SuccessionKind } | null;
  /** The grant that follows it or took its place, and from when. */
  readonly successor?: { readonly grant: string; readonly kind: SuccessionKind; readonly at: string } | null;
  /** The grant it renews or amends. */
  readonly succeeds?: { readonly grant: string; readonly kind: SuccessionKind } | null;
  readonly holds?: readonly { readonly reason?: string; readonly since: string; readonly until: string | null }[];
  readonly ending?: { readonly reason?: string; readonly at: string } | null;
  readonly links?: readonly { readonly distribution: string; readonly title?: Wording; readonly href: string }[];
  readonly noLinks?: 'sandbox' | 'not-offered' | null;
  readonly sandbox?: SecureEnvironment | null;
  readonly allowedCommands?: readonly string[];
  readonly etag: string;
}
