import { isoOf } from '../kernel/time.js';
import type { Form } from './domain/form.js';

/** A form as its readers get it. */
export function formView({ id, purpose, number, title, obligatory, current, fields, publishedAt }: Form) {
  const href = `/api/forms/${id}`;
  return { id, purpose, number, title, obligatory, current, fields, publishedAt: isoOf(publishedAt), href };
}
