/** Where a database server is, as `DATABASE_URL` names it. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const SCHEME = /^(mysql|mariadb):$/;
const FORM =
  'write mysql://user:password@host:port/name; in user and password @ is %40, : %3A, / %2F, ? %3F, # %23, % %25';

/** The address in a `mysql://` or `mariadb://` URL, or what is wrong with it in words that hold nothing of it. */
export function serverAddress(url: string): ServerAddress | string {
  try {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url);
    if (!SCHEME.test(protocol) || hostname === '') return FORM;
    const database = decodeURIComponent(pathname.slice(1));
    if (database === '' || database.includes('/')) return `it does not end in one database name: ${FORM}`;
    if (search !== '' || hash !== '') return `it says more behind the database name: ${FORM}`;
    return {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port || 3306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database,
    };
  } catch {
    return FORM;
  }
}
