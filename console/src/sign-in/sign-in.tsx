import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../api/session';
import { PageTitle } from '../parts/page';
import { ProblemPanel } from '../parts/states';

const route = getRouteApi('/sign-in');

export function SignIn() {
  const { t } = useTranslation();
  const { then } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: async () => {
      // What an anonymous visitor was shown may differ from what this person may see.
      await queryClient.invalidateQueries();
      router.history.push(then ?? '/');
    },
  });
  return (
    <div className="page narrow">
      <PageTitle title={t('signIn.title')}>
        <p className="lead">{t('signIn.text')}</p>
      </PageTitle>
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
    </div>
  );
}
