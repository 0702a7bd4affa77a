import type { Answer, Answers, FormField, PurposeForm } from '../api/forms';

type Asking = Pick<PurposeForm, 'fields'>;

const wordsOf = (field: FormField, answer: Answer | undefined): readonly unknown[] => {
  if (field.kind === 'yes-no') return answer === undefined ? [] : [answer === true ? 'yes' : 'no'];
  return Array.isArray(answer) ? answer : [answer];
};

/** Whether a field is asked, given the answers to those before it. */
export function isAsked(form: Asking, field: FormField, answers: Answers): boolean {
  const { when } = field;
  if (when === undefined) return true;
  const before = form.fields.find(({ name }) => name === when.field);
  if (before === undefined || !isAsked(form, before, answers)) return false;
  return wordsOf(before, answers[when.field]).some((word) => when.in.includes(word as string));
}

export const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  (typeof answer === 'string' ? answer.trim() === '' : Array.isArray(answer) && answer.length === 0);

/** What is sent of the answers: those the form asks for now, without the empty ones. */
export const answersOf = (form: Asking, answers: Answers): Answers =>
  Object.fromEntries(
    form.fields.flatMap((field) => {
      const answer = answers[field.name];
      return answer === undefined || isEmpty(answer) || !isAsked(form, field, answers) ? [] : [[field.name, answer]];
    }),
  );
