import './evidence.css';
import { useId } from 'react';

/** How far something is; without a share the bar only says that it goes on. */
export function Going({ label, share }: { readonly label: string; readonly share: number | null }) {
  const id = useId();
  return (
    <div className="going" role="status">
      <span id={id}>
        {label}
        {share === null ? '' : ` ${Math.floor(share * 100)} %`}
      </span>
      <progress aria-labelledby={id} max={1} {...(share === null ? {} : { value: share })} />
    </div>
  );
}
