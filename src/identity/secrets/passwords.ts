import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of scrypt (RFC 7914): 2^logN blocks of 128·r bytes, p passes. Memory per hash: 128·r·2^logN bytes. */
export interface PasswordCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB, three passes: one of the equal-strength settings of the OWASP Password Storage Cheat Sheet. */
export const PASSWORD_COST: PasswordCost = { logN: 15, r: 8, p: 3 };

/** For a demo, whose password is public anyway: 16 MiB, one pass. Hashes are made anew at full cost on a later sign-in. */
export const DEMO_PASSWORD_COST: PasswordCost = { logN: 14, r: 8, p: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

/** What was asked of a password, and whether its hash should be made anew at today's cost. */
export interface PasswordVerdict {
  readonly matches: boolean;
  readonly outdated: boolean;
}

/** More passwords wait to be checked than this process will check in good time. */
export class TooBusy extends Error {}
const LONGEST_QUEUE = 400;

/**
 * Hashes and checks passwords with scrypt. At most `width` run at once (each holds 32 MiB); the others wait in order.
 * A name that is unknown is checked against a stand-in, so that it costs what a known name costs.
 */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private standIn: Promise<string> | undefined;

  constructor(
    private readonly cost: PasswordCost = PASSWORD_COST,
    private readonly width = 2,
  ) {}

  /** `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`: the parameters travel with the hash. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const { logN, r, p } = this.cost;
    const hash = await this.derive(password, salt, this.cost);
    return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
  }

  /** Checks a password against a stored hash, in constant time; `null` (nobody of that name) never matches. */
  async check(password: string, stored: string | null): Promise<PasswordVerdict> {
    this.standIn ??= this.hash('stand-in for a name that nobody has');
    const { cost, salt, hash } = parsed(stored ?? (await this.standIn));
    const same = timingSafeEqual(await this.derive(password, salt, cost), hash);
    const outdated = cost.logN < this.cost.logN || cost.r < this.cost.r || cost.p < this.cost.p;
    return { matches: same && stored !== null, outdated };
  }

  private async derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
    await this.enter();
    try {
      return await scryptOf(password.normalize('NFKC'), salt, cost);
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.waiting.length >= LONGEST_QUEUE) throw new TooBusy('passwords are waiting to be checked');
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running--;
    else next();
  }
}

function parsed(stored: string): { cost: PasswordCost; salt: Buffer; hash: Buffer } {
  const parts = STORED.exec(stored);
  if (parts === null) throw new Error('a stored password hash has an unknown form');
  const [, logN, r, p, salt = '', hash = ''] = parts;
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}

function scryptOf(password: string, salt: Buffer, { logN, r, p }: PasswordCost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 256 * r * 2 ** logN };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
