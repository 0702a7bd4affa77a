import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Config } from './config.js';
import { settingDocs } from './setting.js';

/** Settings that are missing or wrong: the message lists all of them with what to set. */
export class ConfigFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`these settings stop the start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads the configuration from the environment; throws ConfigFault with every fault at once. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const { property, env } of settingDocs()) {
    const value = environment[env];
    if (value !== undefined && value !== '') given[property] = value;
  }
  given['mode'] ??= environment['NODE_ENV'] === 'production' ? 'production' : 'demo';
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const faults = [
    ...shapeFaults(config),
    ...(config.mode === 'production' ? productionFaults(given) : demoFaults(config)),
  ];
  if (faults.length > 0) throw new ConfigFault(faults);
  return config;
}

function shapeFaults(config: Config): string[] {
  return validateSync(config).map((fault) => {
    const doc = settingDocs().find(({ property }) => property === fault.property);
    return `${doc?.env ?? fault.property}: ${Object.values(fault.constraints ?? {}).join('; ')} (for example ${doc?.example ?? ''})`;
  });
}

function productionFaults(given: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  if (given['databaseUrl'] === undefined)
    faults.push('DATABASE_URL: set it; production does not fall back to a demo file');
  if (given['secret'] === undefined && given['secretFile'] === undefined)
    faults.push('TIERGATE_SECRET or TIERGATE_SECRET_FILE: set one, at least 32 characters');
  if (given['publicUrl'] === undefined)
    faults.push('TIERGATE_PUBLIC_URL: set the address people use, for example https://data.example.org');
  return faults;
}

function demoFaults(config: Config): string[] {
  if (LOOPBACK.has(config.host) || config.demoAnywhere === 'yes') return [];
  return [
    `HOST: ${config.host} would show demo accounts with a public password to others; set TIERGATE_MODE=production, or TIERGATE_DEMO_ANYWHERE=yes for a demo without real data`,
  ];
}
