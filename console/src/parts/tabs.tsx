import { type ReactNode, useEffect, useRef } from 'react';

/** Choices that are links: the chosen one is in the address, and in view where there is no room for all. */
export function Tabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => (row.current === null ? undefined : keepChosenInView(row.current)), []);
  return (
    <nav className="tabs" aria-label={label} ref={row}>
      {children}
    </nav>
  );
}

/** Follows the mark itself: the router moves it some time after the address. */
function keepChosenInView(row: HTMLElement): () => void {
  showChosen(row);
  const watch = new MutationObserver(() => showChosen(row));
  watch.observe(row, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-current'] });
  return () => watch.disconnect();
}

/** Only the row moves, never the page. */
function showChosen(row: HTMLElement): void {
  const chosen = row.querySelector<HTMLElement>('[aria-current]');
  if (chosen === null) return;
  const before = chosen.getBoundingClientRect().left - row.getBoundingClientRect().left;
  row.scrollLeft += before - (row.clientWidth - chosen.offsetWidth) / 2;
}
