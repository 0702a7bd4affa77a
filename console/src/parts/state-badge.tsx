import { type CodeFamily, useCodes } from './codes';

const TONES: Record<string, string> = {
  draft: 'idle',
  submitted: 'busy',
  'in-review': 'busy',
  running: 'busy',
  'not-assessed': 'stop',
  consulting: 'busy',
  pending: 'wait',
  proposed: 'wait',
  open: 'wait',
  awaiting: 'wait',
  expired: 'stop',
  upheld: 'good',
  rejected: 'stop',
  withdrawn: 'idle',
  'needs-correction': 'wait',
  approved: 'good',
  'partly-approved': 'good',
  active: 'good',
  confirmed: 'good',
  concluded: 'good',
  published: 'good',
  done: 'good',
  due: 'wait',
  rests: 'wait',
  overdue: 'stop',
  cancelled: 'idle',
  failed: 'stop',
  limited: 'wait',
  suspended: 'stop',
  refused: 'stop',
  revoked: 'stop',
  waiting: 'busy',
  sent: 'good',
  planned: 'wait',
  opened: 'good',
  there: 'good',
  reported: 'busy',
  heard: 'wait',
  warned: 'wait',
  cured: 'good',
  sanctioned: 'stop',
  'in-force': 'stop',
  lifted: 'good',
  filed: 'busy',
  verified: 'good',
  treating: 'busy',
  answered: 'good',
  'taken-back': 'idle',
  lapsed: 'stop',
  replaced: 'idle',
  'struck-out': 'stop',
};
const MARKS: Record<string, string> = { good: '✓', stop: '✕', wait: '!', busy: '…', idle: '–' };

/** The state of a thing as a word with a mark: colour is never the only sign. */
export function StateBadge({ family, state }: { readonly family: CodeFamily; readonly state: string }) {
  const word = useCodes();
  const tone = TONES[state] ?? 'idle';
  return (
    <span className={`state-badge tone-${tone}`}>
      <span aria-hidden="true" className="state-mark">
        {MARKS[tone]}
      </span>
      {word(family, state)}
    </span>
  );
}
