import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { Portal } from '../api/portals';
import { faultsOf, useFaults } from '../parts/faults';
import { useSession } from '../parts/session';
import { ProblemPanel } from '../parts/states';
import { textFields } from '../parts/text-fields';
import { OrganisationNames, PickOrganisation } from './pick-organisation';

/** Registering a portal: whose it is; whom it may ask about is said on its own page. */
export function NewPortal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const own = useSession().me?.organisation?.id;
  const [given, setGiven] = useState({ name: '', clientId: '' });
  const [chosen, setChosen] = useState<string | null>(null);
  const organisation = chosen ?? own;
  const register = useCommand<Portal>(({ id }) => navigate({ to: '/portals/$id', params: { id } }));
  const faultAt = useFaults(faultsOf(register.error));
  const field = textFields(given, faultAt, (change) => setGiven({ ...given, ...change }));
  const [name, clientId] = [given.name.trim(), given.clientId.trim()];
  return (
    <form
      className="command-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        register.mutate({ path: '/api/portals', body: { name, clientId, organisation, serves: [] } });
      }}
    >
      {register.isError && <ProblemPanel error={register.error} />}
      <TextInput label={t('portals.name')} required maxLength={128} {...field('name')} />
      <TextInput
        label={t('portals.clientId')}
        description={t('portals.clientIdHelp')}
        required
        maxLength={64}
        {...field('clientId')}
      />
      <div>
        <p>{t('portals.runBy')}</p>
        {organisation !== undefined && <OrganisationNames ids={[organisation]} />}
      </div>
      <PickOrganisation onPick={setChosen} />
      <div className="row">
        <Button
          type="submit"
          loading={register.isPending}
          disabled={name === '' || clientId === '' || organisation === undefined}
        >
          {t('portals.register')}
        </Button>
      </div>
    </form>
  );
}
