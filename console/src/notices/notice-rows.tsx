import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../api/notices';
import { SaveAs } from '../parts/save-as';
import { Day } from '../parts/time';
import { worded } from '../parts/wording';

/** Notices one under the other, each with its number, its issuer, and the ways to save it. */
export function NoticeRows(props: {
  readonly notices: readonly Notice[];
  /** What leads to the page of one, where that is another page. */
  readonly titled?: (notice: Notice) => ReactNode;
}) {
  return (
    <ul className="rows">
      {props.notices.map((notice) => (
        <li key={notice.id} className="row-card">
          <div className="row-main">
            <span className="row-title">{props.titled?.(notice) ?? notice.title}</span>
            <p className="row-meta">
              <span>{notice.number}</span> <span>{worded(notice.issuer.name)}</span> <Day at={notice.issuedAt} />
            </p>
          </div>
          <div className="row-side">
            <SaveNotice id={notice.id} number={notice.number} forms={['pdf', 'json']} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The buttons that save one. */
export function SaveNotice(props: {
  readonly id: string;
  readonly number: string;
  readonly forms: readonly ('pdf' | 'json')[];
}) {
  const { id, number, forms } = props;
  const { t } = useTranslation();
  return (
    <SaveAs
      files={forms.map((form) => ({
        path: `/api/notices/${id}/notice.${form}`,
        name: `${number}.${form}`,
        label: form.toUpperCase(),
        spoken: t('notices.save', { form: form.toUpperCase(), number }),
      }))}
    />
  );
}
