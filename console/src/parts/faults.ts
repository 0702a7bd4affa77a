import { ApiProblem } from '../api/problem';
import type { FieldError } from '../api/types';
import { useCodes, useKnows } from './codes';

/** The words for the fault of one field, by its pointer; undefined where nothing stands against it. */
export type FaultAt = (pointer: string) => string | undefined;

/** What the server said about single fields, to be shown beside each of them. */
export function useFaults(faults: readonly Pick<FieldError, 'pointer' | 'code' | 'detail'>[]): FaultAt {
  const word = useCodes();
  const knows = useKnows();
  return (pointer) => {
    const found = faults.find((one) => one.pointer === pointer || one.pointer?.startsWith(`${pointer}/`));
    if (found === undefined) return undefined;
    return knows('fault', found.code) ? word('fault', found.code) : found.detail;
  };
}
export const faultsOf = (error: unknown): readonly FieldError[] => (error instanceof ApiProblem ? error.errors : []);
