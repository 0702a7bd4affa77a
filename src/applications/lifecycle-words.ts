import type { Rules } from './domain/facts.js';

const CONTESTED = `**A refusal reviewed.** The applicant asks once for a review, with reasons. Somebody who has not acted in the case upholds the
refusal or opens it again. Reconsideration (行政复议) and litigation (行政诉讼) run outside the product; its notice names them.
The authority records against a ruling that one was filed, with whom, on which day, under which number, and later how it ended;
the applicant is told both times. No clock runs for it and the state stays. Where it changed or annulled a refusal, the ball is
with the authority, which opens the case again as after a review. A second instance is recorded as
another one; the last that judged the ruling counts. The grants of an approval that stands no longer, or whose execution is
stayed, go on until a supervisor, who is told of the former, revokes or suspends them.`;

const OWED = `Use is reported, deletion is certified,
also after the end. Where a condition says by when, whoever owes it is reminded, and what was not done by its day is told
once to them, the holder and the supervisors; nothing follows by itself, and the grant that follows takes over what is owed.`;

const REACH = `

**Where the data is.** Signed, the grant links the files or interfaces that are delivered in the granted way; each request is
checked. Programs that call an interface send a *key* of the grant, which the handler makes, replaces and revokes on its page: it
is shown once, good for this grant alone, refused while the grant rests, and ends with it; the signatory is told. Where the data
is used in a secure environment, the grant says in its holder's words where that is. Deliveries are recorded and counted against
the quota.`;

/** The whole in words, for somebody from a data bureau who meets it for the first time. */
export function lifecycleInWords({ workflow, clock }: Rules, ladder: readonly string[]): string {
  const { steps, pauses, extension } = clock.table;
  const days = ({ limit }: { readonly limit: number }): string => `${limit} working days`;
  const accepting = steps.acceptance === undefined ? '' : `${days(steps.acceptance)} to accept, `;
  const { opens, closes } = workflow.source.routes.renewal;
  return `## In words

**Who takes part.** An *organisation* applies, not a person in it: its *handler* writes and answers, its *signatory* alone
can bind it. The *holder* is the public body whose data is asked for; its *reviewer* looks first. The *authority* for public
data rules, through its *approver*. A *supervisor* watches the use of the data, an *auditor* reads the log. Every post may
have a deputy who acts as its holder would. A natural person is their own handler and signatory, and is never refused by a
machine.

**From the draft to the receipt.** Only conditional data is applied for: open data is simply there, restricted data is not to
be had. A draft says all the while what is missing, and nobody else sees it. Submitted, the case has a number, and its receipt
says whose turn it is and by when. If the same was asked for before, the applicant is told and led to that case.

**Review.** The reviewer accepts the case, claims it, may ask questions, consult a third party, or send it back *once* with
everything that is wrong with it. Then comes advice, which is recorded and binds nobody. The approver rules on each dataset
by itself: approve, approve less (fewer items, a shorter period, a quota, one more condition), or refuse. Nobody of the
applicant's side rules, nobody acts at both stages, nobody who declared a conflict; where nobody is left, the case passes to
the authority's substitute by itself. At every moment the case names the commands that its reader may give; the server
refuses the others.

**The clock.** ${accepting}${days(steps.decision)} to decide, counted from the day
after receipt on the national calendar. The clock stands while the ball is with somebody else, and runs again by itself: at
most ${days(pauses.correction)} for a correction (unanswered, the case is abandoned), at most
${days(pauses.consultation)} for a third party (silent, the body decides). A second person may confirm
${extension.max === 1 ? 'one extension' : `${extension.max} extensions`} of ${days(extension)}. The case shows every
day that counted or did not, and why. A day that passed is told to the applicant, the officers and the supervisor; silence
approves nothing.

**How a case ends.** *Approved* or *partly approved* waits for the signatory. Signed, it is *concluded*, and there is one grant
for each dataset approved. A template may ask for more: the holder counter-signs the same version, or confirms a sealed PDF; until
then the ball is with the holder, no clock runs, and what is not in order goes back with a reason. *Refused* comes with coded
reasons, their article, what would make it approvable, and the way to a review. *Withdrawn* is the applicant's own act, until the agreement is signed. *Abandoned* follows an unanswered correction.
*Closed* is a duplicate, or the work of a restriction of use. Whatever the end, the case can be copied as a new draft.

${CONTESTED}

**The grant.** It says who may have which items, for which purpose, by which way of delivery, for how long. A portal asks
before it serves, and the answer follows the grant within one question. A grant is nothing but its premises: an approval, an
accepted agreement, a period, and that nothing holds it. It *rests* while a condition is unproved, the tier is raised, the
dataset is suspended or withdrawn, the organisation is suspended or a supervisor looks into something, and goes on by
itself when the cause is gone. A new version of the agreement waits for the signatory before the next delivery. ${OWED}${REACH}

**When the rules are broken.** A violation is reported, the organisation is heard, a supervisor decides:
${ladder.join(', ')}, the milder before the harder, and the grave ones stop the data at once. A second person lifts a
measure early. A restriction of use ends the grants, closes what is asked for, and bars new requests until it ends.

**Going on.** From ${opens} days before the end of a grant until ${closes} days after it, a short application renews it; while
it is in force, another amends it. Both begin with what was granted, and there is never a moment with two grants, or with
none.

**Where to look next.** [Evidence, renewal, amendment](evidence.md) · [supervision, demands, complaints](supervision.md) ·
[notices](notices.md) · [register and statistics](register.md) · [sharing between public bodies](sharing.md) ·
[permissions](permissions.md) · [problem codes](problems.md) · [what it does, and the test that shows it](capabilities.md)
`;
}
