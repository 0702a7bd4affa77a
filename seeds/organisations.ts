import type { Id } from '../src/kernel/ids.js';
import type { OrganisationKind } from '../src/kernel/principal.js';
import { seedCreditCode, seedId } from './identifiers.js';
import { publishers } from './vocabulary/publishers.js';

/** An organisation of the demo. `systems` are where a public body's data comes from. */
export interface SeedOrganisation {
  readonly id: Id<'organisation'>;
  readonly key: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** `null` for a natural person, and for an unincorporated organisation without one. */
  readonly creditCode: string | null;
  readonly kind: OrganisationKind;
  readonly systems: readonly { readonly zh: string; readonly en: string }[];
}

const organisation = (
  key: string,
  kind: OrganisationKind,
  codeKind: Parameters<typeof seedCreditCode>[0] | null,
  zh: string,
  en: string,
  systems = '',
): SeedOrganisation => ({
  id: seedId('organisation', key),
  key,
  name: { zh, en },
  creditCode: codeKind === null ? null : seedCreditCode(codeKind, key),
  kind,
  systems: systems
    .split(',')
    .filter((text) => text !== '')
    .map((text) => ({ zh: text.split('=')[0] ?? '', en: text.split('=')[1] ?? '' })),
});

/** The bodies that publish: none of them exists. */
export const PUBLISHERS: readonly SeedOrganisation[] = publishers
  .trim()
  .split('\n')
  .map((line) => {
    const [key = '', zh = '', en = '', systems = ''] = line.split(' | ').map((cell) => cell.trim());
    return organisation(key, 'public-body', '11', zh, en, systems);
  });

/** Who rules, who runs the platform, who applies. */
export const OTHERS: readonly SeedOrganisation[] = [
  organisation('authority', 'authority', '11', '云汀市数据局', 'Yunting Data Bureau'),
  organisation('centre', 'centre', '12', '云汀市大数据中心', 'Yunting Big Data Centre'),
  organisation('enterprise-a', 'enterprise', '91', '云汀澜石智行科技有限公司', 'Lanshi Mobility Technology Co., Ltd.'),
  organisation('enterprise-b', 'enterprise', '91', '云汀荷风健康数据有限公司', 'Hefeng Health Data Co., Ltd.'),
  organisation('studio', 'unincorporated', null, '云汀青禾数据工作室', 'Qinghe Data Studio'),
  organisation('citizen', 'person', null, '沈知渔', 'Shen Zhiyu'),
];

export const ORGANISATIONS: readonly SeedOrganisation[] = [...PUBLISHERS, ...OTHERS];

const BY_KEY = new Map(ORGANISATIONS.map((one) => [one.key, one]));

/** The organisation called `key`; the vocabulary names only those there are. */
export function organisationOf(key: string): SeedOrganisation {
  const found = BY_KEY.get(key);
  if (found === undefined) throw new Error(`no organisation is called ${key}`);
  return found;
}
