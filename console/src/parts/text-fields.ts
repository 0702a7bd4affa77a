import type { FaultAt } from './faults';

/** The texts of a form as its inputs take them: what is written, what the server said against it, how it is changed. */
export const textFields =
  <Given extends { readonly [Name in keyof Given]: string }>(
    given: Given,
    faultAt: FaultAt,
    onChange: (change: Partial<Given>) => void,
  ) =>
  (name: keyof Given & string, pointer: string = name) => ({
    value: given[name],
    error: faultAt(`/${pointer}`),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [name]: event.currentTarget.value } as Partial<Given>),
  });
