import { useTranslation } from 'react-i18next';
import type { Question } from '../api/applications';
import { Card } from '../parts/page';
import { Moment } from '../parts/time';

export const openOf = (questions: readonly Question[]): readonly Question[] =>
  questions.filter(({ answer }) => answer === null);

/** What the officers asked, each with its answer, or that it still waits for one. */
export function Questions({ questions }: { readonly questions: readonly Question[] }) {
  const { t } = useTranslation();
  if (questions.length === 0) return null;
  return (
    <Card id="questions" title={t('question.title')} {...(openOf(questions).length > 0 ? { tone: 'accent' } : {})}>
      <ol className="stack">
        {questions.map(({ number, text, askedAt, answer }) => (
          <li key={number}>
            <p className="timeline-meta">
              {t('question.asked')} <Moment at={askedAt} />
            </p>
            <p className="said prose">{text}</p>
            {answer === null ? (
              <p className="question-open">{t('question.open')}</p>
            ) : (
              <div className="question-answer">
                <p className="timeline-meta">
                  {t('question.answered')} <Moment at={answer.at} />
                </p>
                <p className="said prose">{answer.text}</p>
              </div>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
