import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** The heading of a screen; it also names the browser tab. */
export function PageTitle(props: {
  readonly title: string;
  readonly above?: ReactNode;
  readonly side?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${props.title} · ${t('brand')}`;
  }, [props.title, t]);
  return (
    <header className="page-title">
      {props.above !== undefined && <div className="page-above">{props.above}</div>}
      <div className="page-title-row">
        <h1>{props.title}</h1>
        {props.side}
      </div>
      {props.children}
    </header>
  );
}

export function Card(props: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
  /** `accent` marks what the screen is about; `good` and `stop` say how something ended. */
  readonly tone?: 'accent' | 'good' | 'stop';
}) {
  return (
    <section className={`card${props.tone === undefined ? '' : ` card-${props.tone}`}`} id={props.id}>
      {props.title !== undefined && (
        <div className="card-head">
          <h2>{props.title}</h2>
          {props.aside}
        </div>
      )}
      {props.children}
    </section>
  );
}

/** Pairs of a name and what stands for it; pairs without a value are left out. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A wide table scrolls inside its own frame, and can be scrolled with the keyboard. */
export function TableFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="table-frame" role="region" aria-label={label} tabIndex={0}>
      <table className="table">{children}</table>
    </div>
  );
}
