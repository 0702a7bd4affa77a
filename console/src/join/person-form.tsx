import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { DOCUMENTS, type RegistrationReceipt } from '../api/registrations';
import { useCodes } from '../parts/codes';
import { faultsOf, useFaults } from '../parts/faults';
import { ProblemPanel } from '../parts/states';
import { AccountFields, isWhole, NO_ACCOUNT, sent } from './account-fields';

/** Registering in one's own name; what becomes of the number is said before it is typed. */
export function PersonForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const word = useCodes();
  const [account, setAccount] = useState(NO_ACCOUNT);
  const [document, setDocument] = useState<string>(DOCUMENTS[0]);
  const [number, setNumber] = useState('');
  const [issuedBy, setIssuedBy] = useState('');
  const register = useCommand<RegistrationReceipt>(onDone);
  const faultAt = useFaults(faultsOf(register.error));
  const isPassport = document === 'passport';
  const ready = isWhole(account) && number.trim() !== '' && (!isPassport || issuedBy.trim() !== '');
  return (
    <form
      className="command-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const issued = isPassport ? { issuedBy: issuedBy.trim().toUpperCase() } : {};
        const person = { ...sent(account), document, number: number.trim(), ...issued };
        register.mutate({ path: '/api/registrations', body: { kind: 'person', person } });
      }}
    >
      {register.isError && <ProblemPanel error={register.error} />}
      <AccountFields of="person" account={account} onAccount={setAccount} faultAt={faultAt} />
      <NativeSelect
        label={t('join.document')}
        value={document}
        onChange={(event) => setDocument(event.currentTarget.value)}
        data={DOCUMENTS.map((value) => ({ value, label: word('identityDocument', value) }))}
      />
      <TextInput
        label={t('join.number')}
        description={t('join.numberHelp')}
        required
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={number}
        error={faultAt('/person/number')}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      {isPassport && (
        <TextInput
          label={t('join.issuedBy')}
          description={t('join.issuedByHelp')}
          required
          maxLength={3}
          value={issuedBy}
          error={faultAt('/person/issuedBy')}
          onChange={(event) => setIssuedBy(event.currentTarget.value)}
        />
      )}
      <div className="row">
        <Button type="submit" loading={register.isPending} disabled={!ready}>
          {t('join.give')}
        </Button>
      </div>
    </form>
  );
}
