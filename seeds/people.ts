import type { Id } from '../src/kernel/ids.js';
import type { Role } from '../src/kernel/roles.js';
import { seedId } from './identifiers.js';
import { organisationOf } from './organisations.js';

/** The password of every demo account, and the secret of the demo portal: public, refused in production. */
export const DEMO_PASSWORD = 'tiergate-demo';
export const DEMO_PORTAL = { clientId: 'portal', clientSecret: 'tiergate-demo-portal' } as const;

/** A demo account: nobody real. */
export interface SeedPerson {
  readonly id: Id<'person'>;
  readonly username: string;
  readonly name: string;
  readonly organisation: Id<'organisation'>;
}

/** One role in one organisation, with who stands in. */
export interface SeedPost {
  readonly id: Id<'post'>;
  readonly organisation: Id<'organisation'>;
  readonly role: Role;
  readonly holder: Id<'person'>;
  readonly deputy: Id<'person'> | null;
}

/** username | name | organisation | roles | deputy's username */
const accounts = `
enterprise-a-handler | 周望舒 Zhou Wangshu | enterprise-a | handler |
enterprise-a-signatory | 秦砚之 Qin Yanzhi | enterprise-a | signatory |
enterprise-b-handler | 何听澜 He Tinglan | enterprise-b | handler |
enterprise-b-signatory | 陆青棠 Lu Qingtang | enterprise-b | signatory |
studio | 林暮云 Lin Muyun | studio | handler + signatory |
citizen | 沈知渔 Shen Zhiyu | citizen | citizen |
steward-transport | 孟行舟 Meng Xingzhou | transport | steward |
steward-health | 苏若汀 Su Ruoting | health | steward |
reviewer-transport | 严霁川 Yan Jichuan | transport | reviewer |
reviewer-health | 郑予安 Zheng Yu'an | health | reviewer |
handler-health | 白露晞 Bai Luxi | health | handler |
signatory-health | 温言蹊 Wen Yanxi | health | signatory |
officer | 顾明漪 Gu Mingyi | authority | officer | officer-2
officer-2 | 唐槐序 Tang Huaixu | authority | officer | officer
approver | 宋临川 Song Linchuan | authority | approver | approver-deputy
approver-deputy | 叶清和 Ye Qinghe | authority | approver | approver
supervisor | 韩松月 Han Songyue | authority | supervisor |
auditor | 江别浦 Jiang Biepu | authority | auditor |
admin | 罗星渚 Luo Xingzhu | centre | admin | admin-2
admin-2 | 魏采薇 Wei Caiwei | centre | admin | admin
`
  .trim()
  .split('\n')
  .map((line) => {
    const [username = '', name = '', organisation = '', posts = '', deputy = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    const roles = posts.split('+').map((role) => role.trim() as Role);
    return { username, name, organisation, roles, deputy };
  });

const personId = (username: string): Id<'person'> => seedId('person', username);

export const PEOPLE: readonly SeedPerson[] = accounts.map(({ username, name, organisation }) => ({
  id: personId(username),
  username,
  name,
  organisation: organisationOf(organisation).id,
}));

export const POSTS: readonly SeedPost[] = accounts.flatMap(({ username, organisation, roles, deputy }) =>
  roles.map((role) => ({
    id: seedId('post', `${username}/${role}`),
    organisation: organisationOf(organisation).id,
    role,
    holder: personId(username),
    deputy: deputy === '' ? null : personId(deputy),
  })),
);
