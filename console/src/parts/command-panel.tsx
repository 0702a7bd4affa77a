import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/commands';
import { ApiProblem } from '../api/problem';
import { useCodes } from './codes';
import { type FaultAt, faultsOf, useFaults } from './faults';
import { ProblemPanel } from './states';

export type CommandBody = Readonly<Record<string, unknown>>;
export interface FormProps {
  /** Puts the body together; null while something that is needed is missing. */
  readonly onBody: (body: CommandBody | null) => void;
  /** What the server said against one field of it. */
  readonly faultAt: FaultAt;
}
/** Draws a form. It is called and not mounted, so that what was written outlives a new version of the case. */
export type DrawForm = (props: FormProps) => ReactNode;

interface Props {
  /** `/api/applications/…`: the command's name is put behind it. */
  readonly path: string;
  /** The version that is shown; left out where the command asks for none. */
  readonly etag?: string;
  readonly commands: readonly string[];
  /** The form of a command; null for one that needs nothing said. */
  readonly formOf: (command: string) => DrawForm | null;
  /** What the command will do to whom, said before it is given. */
  readonly consequenceOf?: (command: string) => string | null;
  /** Commands that move the case on, most likely first: the first one allowed gets the prominent button. */
  readonly main?: readonly string[];
  readonly grave?: readonly string[];
  readonly onDone?: (command: string, answer: unknown) => void;
}

/**
 * The commands the server allows now, and nothing else. One that needs words opens its form here; if the case changed
 * meanwhile, it is read again and said so, and what was written stays.
 */
export function CommandPanel(props: Props) {
  const { t } = useTranslation();
  const word = useCodes();
  const [open, setOpen] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const command = useCommand<unknown>();
  const giving = useRef(false);
  const give = async (name: string, body: CommandBody) => {
    if (giving.current) return;
    giving.current = true;
    setDone(null);
    const answer = await command
      .mutateAsync({ path: `${props.path}/commands/${name}`, body, etag: props.etag })
      .catch(() => undefined);
    giving.current = false;
    if (answer === undefined) return;
    setOpen(null);
    setDone(name);
    props.onDone?.(name, answer);
  };
  const choose = (name: string) => {
    command.reset();
    setDone(null);
    if (props.formOf(name) === null && (props.consequenceOf?.(name) ?? null) === null) void give(name, {});
    else setOpen(name);
  };
  const main = props.main?.find((name) => props.commands.includes(name));
  const weight = (name: string): number => (name === main ? 0 : props.grave?.includes(name) === true ? 2 : 1);
  const ordered = props.commands.toSorted((one, other) => weight(one) - weight(other));
  const shown = open !== null && props.commands.includes(open) ? open : null;
  return (
    <div className="commands">
      <div aria-live="polite">
        {done !== null && <p className="note note-good">{t('command.done', { command: word('command', done) })}</p>}
      </div>
      {command.isError && <CommandProblem error={command.error} />}
      {shown !== null ? (
        <OpenForm
          key={shown}
          name={shown}
          form={props.formOf(shown)}
          consequence={props.consequenceOf?.(shown) ?? null}
          grave={props.grave?.includes(shown) ?? false}
          busy={command.isPending}
          error={command.error}
          onGive={(body) => void give(shown, body)}
          onCancel={() => {
            command.reset();
            setOpen(null);
          }}
        />
      ) : (
        <div className="command-buttons">
          {ordered.map((name) => (
            <Button
              key={name}
              fullWidth
              variant={name === main ? 'filled' : 'default'}
              className={props.grave?.includes(name) === true ? 'grave' : undefined}
              disabled={command.isPending}
              // The second half of a double click would hit whatever the first one brought up.
              onClick={(event) => event.detail < 2 && choose(name)}
              data-command={name}
            >
              {word('command', name)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function CommandProblem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const changed = error instanceof ApiProblem && error.isConflict;
  return <ProblemPanel error={error}>{changed && <p>{t('command.reread')}</p>}</ProblemPanel>;
}

function OpenForm(props: {
  readonly name: string;
  readonly form: DrawForm | null;
  readonly consequence: string | null;
  readonly grave: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onGive: (body: CommandBody) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const word = useCodes();
  const heading = useRef<HTMLHeadingElement>(null);
  const [body, setBody] = useState<CommandBody | null>(props.form === null ? {} : null);
  useEffect(() => heading.current?.focus(), []);
  const faultAt = useFaults(faultsOf(props.error));
  return (
    <form
      className="command-form"
      data-command={props.name}
      onSubmit={(event) => {
        event.preventDefault();
        if (body !== null) props.onGive(body);
      }}
    >
      <h3 ref={heading} tabIndex={-1}>
        {word('command', props.name)}
      </h3>
      {props.consequence !== null && <p className="note note-wait">{props.consequence}</p>}
      {props.form?.({ onBody: setBody, faultAt })}
      <div className="row">
        <Button
          type="submit"
          loading={props.busy}
          disabled={body === null}
          className={props.grave ? 'grave-filled' : undefined}
        >
          {word('command', props.name)}
        </Button>
        <Button variant="default" onClick={props.onCancel} disabled={props.busy}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
