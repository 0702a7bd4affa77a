/** What the configuration page says about one variable; the page is generated from these. */
export interface SettingDoc {
  readonly property: string;
  readonly env: string;
  readonly says: string;
  readonly example: string;
}

const docs: SettingDoc[] = [];

/** Names the environment variable of a property and documents it. */
export const Setting =
  (env: string, says: string, example: string): PropertyDecorator =>
  (_target, property) => {
    docs.push({ property: String(property), env, says, example });
  };

export const settingDocs = (): readonly SettingDoc[] => docs;
