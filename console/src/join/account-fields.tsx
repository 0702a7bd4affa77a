import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FaultAt } from '../parts/faults';
import { textFields } from '../parts/text-fields';

export interface Account {
  readonly name: string;
  readonly username: string;
  readonly password: string;
}
export const NO_ACCOUNT: Account = { name: '', username: '', password: '' };
export const isWhole = ({ name, username, password }: Account): boolean =>
  name.trim() !== '' && username.trim() !== '' && password !== '';
/** As it is sent: a password keeps its blanks. */
export const sent = ({ name, username, password }: Account): Account => ({
  name: name.trim(),
  username: username.trim(),
  password,
});

/** Name, user name and password of somebody who will sign in; where it is nobody in particular, the name is known. */
export function AccountFields(props: {
  readonly of?: string;
  readonly account: Account;
  readonly onAccount: (account: Account) => void;
  readonly faultAt: FaultAt;
}) {
  const { t } = useTranslation();
  const { account, onAccount, faultAt } = props;
  const at = props.of === undefined ? '' : `/${props.of}`;
  const field = textFields(
    account,
    (pointer) => faultAt(at + pointer),
    (change) => onAccount({ ...account, ...change }),
  );
  const text = (name: keyof Account) => ({ ...field(name), required: true });
  return (
    <>
      {props.of !== undefined && (
        <TextInput label={t('join.name')} maxLength={128} autoComplete="off" {...text('name')} />
      )}
      <TextInput
        label={t('signIn.username')}
        description={t('join.usernameHelp')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...text('username')}
      />
      <PasswordInput
        label={t('signIn.password')}
        description={t('join.passwordHelp')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        {...text('password')}
      />
    </>
  );
}
