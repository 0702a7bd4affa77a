import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../api/session';
import { ProblemPanel } from '../parts/states';

interface Props {
  readonly username?: string;
  readonly password?: string;
  readonly onDone?: () => unknown;
}

export function SignInForm(given: Props) {
  const { t } = useTranslation();
  const [username, setUsername] = useState(given.username ?? '');
  const [password, setPassword] = useState(given.password ?? '');
  const enter = useMutation({ mutationFn: () => signIn(username.trim(), password), onSuccess: () => given.onDone?.() });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <TextInput
        label={t('signIn.username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {enter.isError && <ProblemPanel error={enter.error} />}
      <Button type="submit" loading={enter.isPending} disabled={username === '' || password === ''}>
        {t('action.signIn')}
      </Button>
    </form>
  );
}
