import { basename } from 'node:path';
import { fuseFiles, namesGiven, renderFusion } from '../classification/index.js';
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';

/** `birth=出生日期,district`: pairs of columns that hold the same; one name stands for both. */
function pairsOf(call: Call): (readonly [string, string])[] | undefined {
  const given = textOption(call, 'on');
  if (given === undefined) return undefined;
  return namesGiven(given).map((pair) => {
    const [first = '', second = first] = pair.split('=').map((name) => name.trim());
    return [first, second] as const;
  });
}

/** What two files tell together, where they lie; nothing of their content leaves. */
export async function run(call: Call): Promise<Exit> {
  const [first = '', second = ''] = call.positionals;
  const on = pairsOf(call);
  const fusion = await fuseFiles([first, second], on === undefined ? {} : { on });
  if (fusion.status === 'refused') {
    const { code, detail } = fusion.fault;
    const file = fusion.file === 1 ? first : second;
    throw new CannotRun({ en: `${file}: ${code} (${detail})`, zh: `${file}：${code}（${detail}）` });
  }
  const names = [basename(first), basename(second)] as const;
  call.out(
    call.options['json'] === true ? JSON.stringify(fusion, null, 2) : renderFusion(fusion, names, call.language),
  );
  if (fusion.status !== 'assessed') return EXIT.failed;
  return fusion.links ? EXIT.found : EXIT.ok;
}
