import { useTranslation } from 'react-i18next';
import type { Answer, Answers, FormField, PurposeForm } from '../api/forms';
import { Facts } from '../parts/page';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';

/** The answers to a form beside its questions, in their order. Texts of applicants are shown as text and nothing else. */
export function Answered({ form, answers }: { readonly form: PurposeForm; readonly answers: Answers }) {
  const { t } = useTranslation();
  const said = (field: FormField, answer: Answer) => {
    const option = (value: unknown) =>
      worded(field.options?.find((one) => one.value === value)?.title ?? {}) || String(value);
    if (typeof answer === 'boolean') return t(answer ? 'forms.yes' : 'forms.no');
    if (field.kind === 'day') return <Day at={String(answer)} />;
    if (field.kind === 'choice') return option(answer);
    if (Array.isArray(answer)) return answer.map(option).join(' · ');
    return <span className="said">{String(answer)}</span>;
  };
  const rows = form.fields.flatMap((field): [string, React.ReactNode][] => {
    const answer = answers[field.name];
    return answer === undefined ? [] : [[worded(field.title), said(field, answer)]];
  });
  return (
    <>
      <h3>{worded(form.title)}</h3>
      <Facts rows={rows} />
    </>
  );
}
