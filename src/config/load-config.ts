import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Config } from './config.js';
import { serverAddress } from './server-address.js';
import { settingDocs } from './setting.js';

/** Settings that are missing or wrong: the message lists all of them with what to set. */
export class ConfigFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`these settings stop the start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

type Given = Record<string, string>;

const LOOPBACK = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);
/** Fewer different characters than this and a secret was typed, not drawn. */
const FEWEST_SYMBOLS = 12;
/** Settings that may come from a file: its content takes the place of the first. */
const FILES = [
  ['secret', 'secretFile'],
  ['databaseUrl', 'databaseUrlFile'],
  ['smtpUrl', 'smtpUrlFile'],
] as const;

/** Reads the configuration from the environment; throws ConfigFault with every fault at once. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: Given = {};
  for (const { property, env } of settingDocs()) {
    const value = environment[env];
    if (value !== undefined && value !== '') given[property] = value;
  }
  given['mode'] ??= environment['NODE_ENV'] === 'production' ? 'production' : 'demo';
  const unread = FILES.flatMap(([property, file]) => takeFile(given, property, file));
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const faults = [
    ...unread,
    ...shapeFaults(config),
    ...databaseFaults(config),
    ...(config.mode === 'production' ? productionFaults(config, given) : demoFaults(config)),
  ];
  if (faults.length > 0) throw new ConfigFault(faults);
  return config;
}

const envOf = (property: string): string => settingDocs().find((doc) => doc.property === property)?.env ?? property;

/** Puts what the file holds in place of the setting; the faults where that cannot be. */
function takeFile(given: Given, property: string, file: string): string[] {
  const path = given[file];
  if (path === undefined) return [];
  if (given[property] !== undefined) return [`${envOf(property)} and ${envOf(file)}: set one of them`];
  try {
    given[property] = readFileSync(path, 'utf8').trim();
    return given[property] === '' ? [`${envOf(file)}: ${path} is empty`] : [];
  } catch (error) {
    return [`${envOf(file)}: ${path} cannot be read (${(error as { code?: string }).code})`];
  }
}

function shapeFaults(config: Config): string[] {
  return validateSync(config).map((fault) => {
    const doc = settingDocs().find(({ property }) => property === fault.property);
    return `${doc?.env ?? fault.property}: ${Object.values(fault.constraints ?? {}).join('; ')} (for example ${doc?.example ?? ''})`;
  });
}

/** Never with the address in it: it holds a password. */
function databaseFaults({ databaseUrl, workers }: Config): string[] {
  if (!/^(mysql|mariadb):/.test(databaseUrl))
    return workers > 1
      ? [
          'TIERGATE_WORKERS: the embedded database is open to one process alone; set DATABASE_URL to a MySQL or MariaDB server, or leave it at 1',
        ]
      : [];
  const address = serverAddress(databaseUrl);
  return typeof address === 'string' ? [`DATABASE_URL: ${address}`] : [];
}

function productionFaults(config: Config, given: Given): string[] {
  const { databaseUrl, secret, secretFile, publicUrl } = given;
  const faults: string[] = [];
  const refuse = (when: boolean, fault: string): unknown => when && faults.push(fault);
  refuse(databaseUrl === undefined, 'DATABASE_URL: set it; production does not fall back to a demo file');
  refuse(databaseUrl === 'sqlite::memory:', 'DATABASE_URL: a database in memory forgets everything when it stops');
  refuse(
    secret === undefined && secretFile === undefined,
    'TIERGATE_SECRET or TIERGATE_SECRET_FILE: set one, at least 32 characters (openssl rand -base64 48)',
  );
  refuse(
    secret !== undefined && new Set(secret).size < FEWEST_SYMBOLS,
    'TIERGATE_SECRET: it can be guessed; take a random one (openssl rand -base64 48)',
  );
  refuse(
    publicUrl === undefined,
    'TIERGATE_PUBLIC_URL: set the address people use, for example https://data.example.org',
  );
  refuse(
    publicUrl !== undefined && isOpenToListeners(publicUrl),
    'TIERGATE_PUBLIC_URL: passwords and tokens would travel in clear; put a proxy with TLS in front and set its https address',
  );
  refuse(
    given['smtpUrl'] !== undefined && given['mailFrom'] === undefined,
    'TIERGATE_MAIL_FROM: set the address that mails come from',
  );
  refuse(
    isPlainMail(given['smtpUrl']),
    'TIERGATE_SMTP_URL: mails and a password would travel in clear; use smtps://, or add ?requireTLS=true',
  );
  refuse(config.demoAnywhere === 'yes', 'TIERGATE_DEMO_ANYWHERE: it is for demos; leave it out');
  return faults;
}

/** Plain HTTP that leaves this machine. */
const isOpenToListeners = (url: string): boolean =>
  URL.canParse(url) && new URL(url).protocol === 'http:' && !LOOPBACK.has(new URL(url).hostname);

/** SMTP that leaves this machine and would do without TLS. */
function isPlainMail(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol, hostname, searchParams } = new URL(url);
  return protocol === 'smtp:' && !LOOPBACK.has(hostname) && searchParams.get('requireTLS') !== 'true';
}

function demoFaults(config: Config): string[] {
  if (LOOPBACK.has(config.host) || config.demoAnywhere === 'yes') return [];
  return [
    `HOST: ${config.host} would show demo accounts with a public password to others; set TIERGATE_MODE=production, or TIERGATE_DEMO_ANYWHERE=yes for a demo without real data`,
  ];
}
