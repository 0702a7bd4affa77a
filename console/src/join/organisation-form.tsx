import { Button, Checkbox, Fieldset, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import type { RegistrationReceipt } from '../api/registrations';
import { faultsOf, useFaults } from '../parts/faults';
import { isWritten, useLeaveGuard } from '../parts/leave-guard';
import { ProblemPanel } from '../parts/states';
import { textFields } from '../parts/text-fields';
import { AccountFields, isWhole, NO_ACCOUNT, sent } from './account-fields';

interface Terms {
  readonly name: string;
  readonly creditCode: string;
  readonly licence: string;
  readonly authorisation: string;
}

const given = (terms: Terms) => {
  const [creditCode, licence] = [terms.creditCode.trim(), terms.licence.trim()];
  return {
    name: { zh: terms.name.trim() },
    authorisation: terms.authorisation.trim(),
    ...(creditCode === '' ? {} : { creditCode }),
    ...(licence === '' ? {} : { licence }),
  };
};

/** An enterprise with its handler and signatory; an unincorporated organisation, where one person may be both. */
export function OrganisationForm(props: {
  readonly kind: 'enterprise' | 'unincorporated';
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { kind } = props;
  const mayBeOne = kind === 'unincorporated';
  const [terms, setTerms] = useState<Terms>({ name: '', creditCode: '', licence: '', authorisation: '' });
  const [signatory, setSignatory] = useState(NO_ACCOUNT);
  const [handler, setHandler] = useState(NO_ACCOUNT);
  const [isOne, setIsOne] = useState(mayBeOne);
  const register = useCommand<RegistrationReceipt>(props.onDone);
  useLeaveGuard(!register.isSuccess && isWritten(...Object.values(terms)));
  const faultAt = useFaults(faultsOf(register.error));
  const people = isWhole(signatory) && (isOne || isWhole(handler));
  const ready = terms.name.trim() !== '' && terms.authorisation.trim() !== '' && people;
  const text = textFields(terms, faultAt, (change) => setTerms({ ...terms, ...change }));
  return (
    <form
      className="command-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const accounts = { signatory: sent(signatory), ...(isOne ? {} : { handler: sent(handler) }) };
        register.mutate({ path: '/api/registrations', body: { kind, ...given(terms), ...accounts } });
      }}
    >
      {register.isError && <ProblemPanel error={register.error} />}
      <TextInput label={t('join.organisation')} required maxLength={256} {...text('name')} />
      <TextInput
        label={t('join.creditCode')}
        description={mayBeOne ? t('join.creditCodeOptional') : null}
        required={!mayBeOne}
        maxLength={32}
        {...text('creditCode')}
      />
      <TextInput label={t('join.licence')} maxLength={512} {...text('licence')} />
      <Textarea
        label={t(mayBeOne ? 'join.answersFor' : 'join.authorisation')}
        required
        autosize
        minRows={3}
        {...text('authorisation')}
      />
      <Fieldset legend={t(mayBeOne ? 'join.responsible' : 'join.signatory')}>
        <AccountFields of="signatory" account={signatory} onAccount={setSignatory} faultAt={faultAt} />
      </Fieldset>
      {mayBeOne && (
        <Checkbox
          label={t('join.oneForBoth')}
          checked={isOne}
          onChange={(event) => setIsOne(event.currentTarget.checked)}
        />
      )}
      {!isOne && (
        <Fieldset legend={t('join.handler')}>
          <AccountFields of="handler" account={handler} onAccount={setHandler} faultAt={faultAt} />
        </Fieldset>
      )}
      <div className="row">
        <Button type="submit" loading={register.isPending} disabled={!ready}>
          {t('join.give')}
        </Button>
      </div>
    </form>
  );
}
