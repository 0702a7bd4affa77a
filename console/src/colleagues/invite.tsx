import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewInvitation } from '../api/colleagues';
import { useCommand } from '../api/commands';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { textFields } from '../parts/text-fields';

const BLANK = { name: '', address: '', role: '', authorisation: '', language: 'zh' };

/** Inviting a colleague; a signatory is named with what authorises them. */
export function Invite({ onMade }: { readonly onMade: (made: NewInvitation) => void }) {
  const { t } = useTranslation();
  const word = useCodes();
  const session = useSession();
  const [given, setGiven] = useState(BLANK);
  const invite = useCommand<NewInvitation>((made) => {
    setGiven(BLANK);
    onMade(made);
  });
  const faultAt = useFaults(faultsOf(invite.error));
  const field = textFields(given, faultAt, (change) => setGiven({ ...given, ...change }));
  const signs = given.role === 'signatory';
  const [name, address, authorisation] = [given.name.trim(), given.address.trim(), given.authorisation.trim()];
  const ready = name !== '' && address !== '' && (!signs || authorisation !== '');
  const roles = session.has('signatory') ? ['handler', 'signatory'] : ['signatory'];
  return (
    <form
      className="command-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const role = given.role === '' ? {} : { role: given.role };
        const body = { name, address, language: given.language, ...role, ...(signs ? { authorisation } : {}) };
        invite.mutate({ path: '/api/invitations', body });
      }}
    >
      {invite.isError && <ProblemPanel error={invite.error} />}
      <TextInput label={t('join.name')} required maxLength={128} {...field('name')} />
      <TextInput
        label={t('colleagues.address')}
        type="email"
        inputMode="email"
        required
        maxLength={254}
        {...field('address')}
      />
      <NativeSelect
        label={t('colleagues.post')}
        description={t('colleagues.postHelp')}
        data={[
          { value: '', label: t('colleagues.noPost') },
          ...roles.map((value) => ({ value, label: word('role', value) })),
        ]}
        {...field('role')}
      />
      {signs && (
        <Textarea
          label={t('join.authorisation')}
          description={t('colleagues.authorisationHelp')}
          required
          autosize
          minRows={3}
          maxLength={8000}
          {...field('authorisation')}
        />
      )}
      <NativeSelect
        label={t('colleagues.language')}
        data={[
          { value: 'zh', label: t('shell.languages.zh-CN') },
          { value: 'en', label: t('shell.languages.en') },
        ]}
        {...field('language')}
      />
      <div className="row">
        <Button type="submit" loading={invite.isPending} disabled={!ready}>
          {t('colleagues.give')}
        </Button>
      </div>
    </form>
  );
}
