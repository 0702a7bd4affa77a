import { pointerName } from './pointer.js';
import type { FieldFault } from './refusal.js';

/** A body may repeat keys by the thousand, and the answer should not grow with it. */
const AT_MOST = 20;

interface Level {
  /** Keys of the object so far; absent in an array. */
  readonly keys?: Set<string>;
  step: string | number;
  /** The next string is a key. */
  awaitsKey: boolean;
}

/** Where keys of this sound JSON stand again, first twenty: asked once it is known that some do. */
export function duplicateKeys(json: string): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const levels: Level[] = [];
  for (let at = 0; at < json.length && faults.length < AT_MOST; at++) {
    const level = levels.at(-1);
    const sign = json[at];
    if (sign === '"') {
      const end = endOfString(json, at);
      if (level?.awaitsKey === true) readKey(JSON.parse(json.slice(at, end + 1)) as string, levels, faults);
      at = end;
    } else if (sign === '{') levels.push({ keys: new Set(), step: '', awaitsKey: true });
    else if (sign === '[') levels.push({ step: 0, awaitsKey: false });
    else if (sign === '}' || sign === ']') levels.pop();
    else if (sign === ',' && level !== undefined) advance(level);
  }
  return faults;
}

function readKey(key: string, levels: readonly Level[], faults: FieldFault[]): void {
  const level = levels.at(-1) as Level;
  level.step = key;
  level.awaitsKey = false;
  if (level.keys?.has(key) === true)
    faults.push({ pointer: pointerTo(levels), code: 'duplicate-key', detail: 'is named more than once' });
  level.keys?.add(key);
}

function advance(level: Level): void {
  if (typeof level.step === 'number') level.step += 1;
  else level.awaitsKey = true;
}

const pointerTo = (levels: readonly Level[]): string =>
  levels.map(({ step }) => `/${pointerName(String(step))}`).join('');

/** Place of the quote that closes the string opened at `start`. */
export function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at;
  }
  return json.length;
}
