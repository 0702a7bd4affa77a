import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsEmail, IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';
import { Setting } from './setting.js';

export const DEFAULT_DATABASE = 'sqlite:./data/tiergate.db';

/** Every setting of the product, from environment variables; validated before listening, every fault told at once. */
export class Config {
  @Setting('PORT', 'Port to listen on; 0 takes any free one.', '8080')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  port = 8080;

  @Setting(
    'HOST',
    'Address to listen on. In a container use 0.0.0.0, behind a proxy that ends TLS. Demo accounts answer on loopback only, unless TIERGATE_DEMO_ANYWHERE=yes.',
    '127.0.0.1',
  )
  @IsString()
  @MinLength(1)
  host = '127.0.0.1';

  @Setting(
    'TIERGATE_WORKERS',
    'Processes that share the port on this machine (`tiergate serve --workers`). More than one needs a database server.',
    '2',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(64)
  workers = 1;

  @Setting(
    'DATABASE_URL',
    'The database: sqlite:<file> (embedded), mysql://user:password@host:port/name or mariadb://… Required in production.',
    'mysql://tiergate:secret@db:3306/tiergate',
  )
  @Matches(/^(sqlite:.+|(mysql|mariadb):\/\/.+\/.+)$/, {
    message: 'DATABASE_URL must be sqlite:<file>, mysql://… or mariadb://… with a database name',
  })
  databaseUrl = DEFAULT_DATABASE;

  @Setting(
    'DATABASE_URL_FILE',
    'A file that holds DATABASE_URL, where its password should not stand in the environment.',
    '/run/secrets/database-url',
  )
  @IsOptional()
  @IsString()
  databaseUrlFile?: string;

  @Setting(
    'TIERGATE_MODE',
    'demo seeds an empty database and has demo accounts; production does neither and refuses missing settings. Default: production when NODE_ENV=production, else demo.',
    'production',
  )
  @IsIn(['demo', 'production'])
  mode: 'demo' | 'production' = 'demo';

  @Setting(
    'TIERGATE_DEMO_ANYWHERE',
    'yes lets a demo listen on an address other than loopback. The demo password is public: never with real data.',
    'no',
  )
  @IsIn(['yes', 'no'])
  demoAnywhere: 'yes' | 'no' = 'no';

  @Setting(
    'TIERGATE_SECRET',
    'Key that seals the signing keys in the database: at least 32 characters. Required in production, unless TIERGATE_SECRET_FILE is set; every instance needs the same.',
    '(output of: openssl rand -base64 48)',
  )
  @IsOptional()
  @IsString()
  @MinLength(32)
  secret?: string;

  @Setting(
    'TIERGATE_SECRET_FILE',
    'A file that holds TIERGATE_SECRET. Demo mode creates one beside the database.',
    '/run/secrets/tiergate',
  )
  @IsOptional()
  @IsString()
  secretFile?: string;

  @Setting(
    'TIERGATE_PUBLIC_URL',
    'The address under which people reach the console; it is the issuer of tokens and stands in links.',
    'https://data.example.org',
  )
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  publicUrl?: string;

  @Setting('TIERGATE_LOG_LEVEL', 'How much is logged: error, warn, info, debug or silent.', 'info')
  @IsIn(['error', 'warn', 'info', 'debug', 'silent'])
  logLevel = 'info';

  @Setting('TIERGATE_DATABASE_POOL', 'Connections to a database server.', '10')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  databasePool = 10;

  @Setting(
    'TIERGATE_DATABASE_DEADLINE',
    'Longest time in milliseconds that one request waits for the database.',
    '8000',
  )
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(60_000)
  databaseDeadline = 8000;

  @Setting('TIERGATE_POLL', 'How often in milliseconds an instance looks for changes other instances made.', '100')
  @Type(() => Number)
  @IsInt()
  @Min(10)
  @Max(1000)
  poll = 100;

  @Setting(
    'TIERGATE_STALENESS',
    'An instance that could not confirm the log for this many milliseconds denies conditional and restricted data.',
    '2000',
  )
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(60_000)
  staleness = 2000;

  @Setting(
    'TIERGATE_DECISIONS_KEPT',
    'For how many days decisions about conditional and restricted data are kept whole; their counts stay.',
    '730',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(36_500)
  decisionsKept = 730;

  @Setting('TIERGATE_POLICIES', 'Folder of policies; default: the one that ships with the product.', './policies')
  @IsOptional()
  @IsString()
  policies?: string;

  @Setting(
    'TIERGATE_SPOOL',
    'Folder where uploaded catalogues lie until they are imported, and samples until they are read.',
    './data/spool',
  )
  @IsString()
  @MinLength(1)
  spool = './data/spool';

  @Setting(
    'TIERGATE_INDEX_FOLDER',
    'Folder where a graceful stop leaves the decision index when the database is MySQL or MariaDB, for the next start; on the embedded database it lies beside the file.',
    './data/index',
  )
  @IsString()
  @MinLength(1)
  indexFolder = './data/index';

  @Setting(
    'TIERGATE_SAMPLE_BUDGET',
    'Longest time in milliseconds that reading one uploaded sample may take.',
    '300000',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(3_600_000)
  sampleBudget = 300_000;

  @Setting(
    'TIERGATE_SCANNER',
    'Command that scans an attachment before it is kept, run with the path of the file as its last word: 0 clean, 1 infected, anything else refuses the file. Without it files are kept and marked as not scanned.',
    'clamdscan --fdpass --no-summary',
  )
  @IsOptional()
  @IsString()
  @MinLength(1)
  scanner?: string;

  @Setting(
    'TIERGATE_CONTACT',
    'Mail address that exported catalogues name as contact where a record names none.',
    'opendata@example.org',
  )
  @IsEmail()
  contactEmail = 'opendata@example.org';

  @Setting(
    'TIERGATE_SMTP_URL',
    'The server mail is handed to: smtp://user:password@host:587?requireTLS=true or smtps://…:465. Without it mails are written as files to TIERGATE_MAIL_FOLDER.',
    'smtps://tiergate:secret@mail.example.org:465',
  )
  @IsOptional()
  @Matches(/^smtps?:\/\/[^\s/?#]+([/?]\S*)?$/, {
    message: 'TIERGATE_SMTP_URL must be smtp://… or smtps://… with a host',
  })
  smtpUrl?: string;

  @Setting(
    'TIERGATE_SMTP_URL_FILE',
    'A file that holds TIERGATE_SMTP_URL, where its password should not stand in the environment.',
    '/run/secrets/smtp-url',
  )
  @IsOptional()
  @IsString()
  smtpUrlFile?: string;

  @Setting('TIERGATE_MAIL_FROM', 'The address mails come from.', 'tiergate@data.example.org')
  @IsEmail()
  mailFrom = 'tiergate@example.org';

  @Setting(
    'TIERGATE_MAIL_FOLDER',
    'Folder where mails are written as .eml files while no mail server is set.',
    './data/mail',
  )
  @IsString()
  @MinLength(1)
  mailFolder = './data/mail';

  @Setting('TIERGATE_FILES', 'Folder of the demo files behind the example portal.', './data/files')
  @IsString()
  files = './data/files';
}
