import { type ReactNode, useEffect, useRef, useState } from 'react';
import { EntryButtons } from '../forms/entry-buttons';

/** One entry of a list that is written: closed it says what it is, open it is changed; where it is refused it stands open. */
export function Entry(props: {
  readonly name: ReactNode;
  readonly about: ReactNode;
  /** Just added: it begins open, and what is typed goes into it. */
  readonly added: boolean;
  readonly refused: string | undefined;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}) {
  const [opened, setOpened] = useState(props.added);
  const [begins] = useState(props.added);
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (begins) fields.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [begins]);
  const open = opened || props.refused !== undefined;
  return (
    <details className="entry" open={open} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <span className="entry-name">{props.name}</span> <small className="muted">{props.about}</small>
      </summary>
      {open && (
        <div className="stack" ref={fields}>
          {props.children}
          <EntryButtons onUp={props.onUp} onRemove={props.onRemove} />
        </div>
      )}
    </details>
  );
}
