export { answerBroken, httpServer } from './broken-request.js';
export { DutyTermBody, DutyTermRequest } from './duty-term-shapes.js';
export type { EdgeLog, EdgePorts } from './edge.js';
export { expressApp, getOnly } from './express-app.js';
export { faultFields } from './fault-fields.js';
export {
  HasWords,
  IsCalendarDay,
  IsMoment,
  IsSaid,
  ListOf,
  Nested,
  Optional,
  OptionalOrNull,
  plain,
  WholeNumber,
} from './fields.js';
export { type Form, readForm } from './multipart-form.js';
export { BODY_LIMIT, isPlainJson, parseJson, readBody } from './json-body.js';
export { isTooDeep, scanJson, walkJson } from './json-scan.js';
export { type Beside, openApi } from './openapi.js';
export { PageQuery } from './page-query.js';
export type { PlainOperation } from './plain-operation.js';
export { mountProblemPages } from './problem-pages.js';
export {
  decodePageToken,
  encodePageToken,
  matchVersion,
  notFound,
  offsetOf,
  pageAfter,
  pageOf,
  placeOf,
  replyOf,
} from './replies.js';
export { action, type Call, command, query, type Reply, type Route, type Shape, upload } from './route.js';
export { idempotencyKeyOf, UPLOAD_LIMIT } from './serve-route.js';
export { ListOfEither, MapOf, NamedBody, NullOr, PeriodBody, TextBody, WordOf } from './shapes.js';
export { validateBody, validateQuery } from './validate.js';
