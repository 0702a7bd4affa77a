import { migration } from './dialect.js';

/** Documents of applicants: what is known of each, its bytes in pieces, and the requests that name it. */
export const ApplicationAttachments0042 = migration(
  '0042',
  'ApplicationAttachments',
  async (sql) => {
    await sql.createTable(
      'attachments',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       organisation varchar(26) NOT NULL,
       name varchar(255) NOT NULL,
       type varchar(128) NOT NULL,
       bytes bigint NOT NULL,
       sha256 varchar(64) NOT NULL,
       scan varchar(16) NOT NULL,
       uploaded_by varchar(26) NOT NULL,
       uploaded_at datetime(3) NOT NULL,
       content_key varchar(64),
       dropped_at datetime(3)`,
    );
    await sql.createIndex('attachments_by_organisation', 'attachments', 'organisation, uploaded_at, id, bytes');
    await sql.createIndex('attachments_by_content', 'attachments', 'content_key', 'unique');
    await sql.createIndex('attachments_by_age', 'attachments', 'uploaded_at, id');
    await sql.createTable(
      'attachment_pieces',
      `attachment varchar(26) NOT NULL,
       seq bigint NOT NULL,
       bytes longblob NOT NULL,
       PRIMARY KEY (attachment, seq)`,
    );
    await sql.createTable(
      'attachment_uses',
      `attachment varchar(26) NOT NULL,
       application varchar(26) NOT NULL,
       PRIMARY KEY (attachment, application)`,
    );
  },
  async (sql) => {
    for (const table of ['attachment_uses', 'attachment_pieces', 'attachments']) await sql.dropTable(table);
  },
);
