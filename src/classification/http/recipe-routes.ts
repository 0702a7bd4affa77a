import { notFound, query, type Route } from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import type { AssessmentQueries } from '../assessment-queries.js';
import type { AssessmentRow } from '../assessment-store.js';
import type { Recipe } from '../domain/lowering/recipe.js';

const recipeOf = ({ evidence }: AssessmentRow): Recipe | null =>
  evidence?.content?.lowering?.flatMap((advice) => (advice.status === 'lowers' ? [advice.recipe] : []))[0] ?? null;

/** The recipe of an assessment, as the file that `tiergate redact --recipe` takes. */
export const recipeRoutes = (queries: AssessmentQueries): Route[] => [
  query({
    path: '/api/assessments/:id/recipe',
    permission: 'assessment.read',
    summary: 'The steps that would lower the tier, as the file that tiergate redact takes',
    tag: 'Classification',
    produces: 'application/json',
    handler: async (call, reader) => {
      const row = await queries.find(reader, call.principal, call.params.id ?? '');
      if (row === null) return notFound();
      const recipe = recipeOf(row);
      if (recipe === null) return err(refusal('no-recipe'));
      return ok({
        contentType: 'application/json; charset=utf-8',
        headers: { 'content-disposition': `attachment; filename="recipe-${row.id}.json"` },
        stream: textOf(recipe),
      });
    },
  }),
];

async function* textOf(recipe: Recipe): AsyncGenerator<string> {
  yield `${JSON.stringify(recipe, null, 2)}\n`;
}
