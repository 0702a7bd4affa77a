import type { Text } from '../../kernel/text.js';

/** Why a decision is as it is. `undecided` marks reasons that mean "could not decide": portals answer 503, not 403. */
export interface ReasonWord {
  readonly text: Text;
  readonly undecided?: boolean;
}

/** What the subject can do next; `href` may hold `{dataset}` and `{grant}`. */
export interface NextStepWord {
  readonly text: Text;
  readonly href?: string;
}

export interface ObligationWord {
  readonly text: Text;
}

/** The closed lists a portal may rely on (`policies/vocabulary.yaml`, served at `GET /api/vocabulary`). */
export interface Vocabulary {
  readonly version: string;
  readonly reasons: Readonly<Record<string, ReasonWord>>;
  readonly nextSteps: Readonly<Record<string, NextStepWord>>;
  readonly obligations: Readonly<Record<string, ObligationWord>>;
}
