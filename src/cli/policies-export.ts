import { EXPORT_MODEL, exportLines, loadPolicy, readPolicySource, readWorld } from '../decisions/index.js';
import { Reader } from '../persistence/index.js';
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';
import { policiesOf } from './policies-folder.js';
import { withCurrent } from './product.js';

/** The effective policy of this moment as ordinary Casbin lines, for stock Casbin and for other implementations. */
export async function run(call: Call): Promise<Exit> {
  if (call.options['model'] === true) {
    call.out(EXPORT_MODEL.trimEnd());
    return EXIT.ok;
  }
  const given = textOption(call, 'at');
  const at = given === undefined ? Date.now() : Date.parse(given);
  if (Number.isNaN(at)) throw new CannotRun({ en: `not a time: ${given}`, zh: `不是有效时间：${given}` }, EXIT.usage);
  const loaded = await loadPolicy(await readPolicySource(policiesOf(call)));
  if ('faults' in loaded)
    throw new CannotRun({ en: loaded.faults.join('\n'), zh: loaded.faults.join('\n') }, EXIT.found);
  return withCurrent(call, async (database) => {
    const world = await readWorld((work) =>
      database.snapshot((manager) => work(new Reader(manager, database.dialect, at))),
    );
    for (const line of exportLines(world, loaded.policy, at)) call.out(line);
    return EXIT.ok;
  });
}
