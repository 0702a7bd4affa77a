import { type Call, pageAfter, placeOf, plain, query, type Reply, replyOf, type Route } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { letterOf, papersAreBusy, PDF } from '../../sheets/index.js';
import type { Notices } from '../create-notices.js';
import { noticeLetter } from '../notice-letter.js';
import type { NoticeOnFile } from '../notice-queries.js';
import { ID, NoticeCheckQuery, NoticeCheckResponse, NoticeListQuery, NoticeListResponse } from './notice-shapes.js';

const TAG = 'Notices';
type Door = Pick<Notices, 'queries'>;

/** Notices: listed, downloaded, and checked by whoever was shown one. */
export const noticeRoutes = ({ queries }: Door): Route[] => [
  listRoute({ queries }),
  checkRoute({ queries }),
  download({ queries }, 'json', 'application/json', 'The notice as data, with its text in both languages and its hash'),
  download({ queries }, 'pdf', PDF, 'The notice on paper, in Chinese with English'),
];

const listRoute = ({ queries }: Door): Route =>
  query<NoticeListQuery>({
    path: '/api/notices',
    permission: 'notice.read',
    summary: 'Notices the caller may see, newest first',
    tag: TAG,
    query: NoticeListQuery,
    response: NoticeListResponse,
    handler: async (call, reader) => {
      const { limit, pageToken, ...wish } = plain(call.query);
      const before = placeOf(pageToken, ID);
      if (!before.ok) return before;
      const found = await queries.list(reader, call, wish, limit + 1, before.value);
      if (!found.ok) return found;
      const { items, total } = found.value;
      return replyOf(pageAfter(items, limit, total, ({ id }) => id));
    },
  });

const checkRoute = ({ queries }: Door): Route =>
  query<NoticeCheckQuery>({
    path: '/api/notices/check',
    permission: 'notice.check',
    summary: 'Whether a notice of this number and hash was issued here; nothing else is told',
    tag: TAG,
    query: NoticeCheckQuery,
    response: NoticeCheckResponse,
    handler: async ({ query: { number, hash } }, reader) =>
      replyOf({ known: await queries.isKnown(reader, number, hash) }),
  });

const download = ({ queries }: Door, extension: 'json' | 'pdf', produces: string, summary: string): Route =>
  query({
    path: `/api/notices/:id/notice.${extension}`,
    permission: 'notice.read',
    summary,
    tag: TAG,
    produces,
    handler: async ({ principal, params }: Call, reader) => {
      const found = await queries.file(reader, principal, params['id'] ?? '');
      if (!found.ok) return found;
      return extension === 'pdf' ? asPaper(found.value) : asData(found.value);
    },
  });

function asPaper({ file, template }: NoticeOnFile): Result<Reply> {
  if (papersAreBusy()) return err(refusal('unavailable'));
  return asFile(file.notice.id, 'pdf', { contentType: PDF, stream: letterOf(noticeLetter(file, template)) });
}

const asData = ({ file }: NoticeOnFile): Result<Reply> =>
  asFile(file.notice.id, 'json', {
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(file, null, 2),
  });

const asFile = (
  id: string,
  extension: string,
  content: Pick<Reply, 'body' | 'stream' | 'contentType'>,
): Result<Reply> =>
  ok({
    ...content,
    headers: {
      'content-disposition': `attachment; filename="notice-${id}.${extension}"`,
      'cache-control': 'private, no-store',
    },
  });
