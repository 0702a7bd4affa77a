export interface BarRow {
  readonly name: string;
  /** What the bar shows, on the scale of the table; nothing where it is not known. */
  readonly value: number | null;
  /** A longer bar behind it. */
  readonly far?: number | null;
  readonly cells: readonly string[];
}

/** Rows of figures with a bar each: the table says everything, the bars only show it. */
export function BarTable(props: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly BarRow[];
  /** The value of a full bar; otherwise the greatest. */
  readonly full?: number;
}) {
  const { caption, head, rows } = props;
  const full = props.full ?? Math.max(1, ...rows.flatMap(({ value, far }) => [value ?? 0, far ?? 0]));
  const [first = '', ...others] = head;
  return (
    <table className="bar-table" aria-label={caption}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <td className="bar-cell" />
          {others.map((one) => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, far, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="bar-cell">
              <Bar value={value} far={far ?? null} full={full} />
            </td>
            {cells.map((cell, at) => (
              <td key={others[at]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WIDTH = 100;

function Bar({
  value,
  far,
  full,
}: {
  readonly value: number | null;
  readonly far: number | null;
  readonly full: number;
}) {
  const width = (one: number | null): number => ((one ?? 0) / full) * WIDTH;
  return (
    <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width={WIDTH} height="10" className="bar-track" />
      <rect x="0" y="0" width={width(far)} height="10" className="bar-far" />
      <rect x="0" y="0" width={width(value)} height="10" className="bar-value" />
    </svg>
  );
}
