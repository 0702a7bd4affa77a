import type { Config } from '../config/index.js';
import { serve, stopOnSignals } from '../main.js';
import { createLogger, WorkerLink, Workers } from '../operations/index.js';
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';
import { configOf, inWords } from './product.js';

const inUse = (address: string): CannotRun =>
  new CannotRun({
    en: `${address} is taken already: set PORT to another one, or stop what listens there`,
    zh: `${address} 已被占用：请用 PORT 设置其他端口，或者停止占用它的程序`,
  });

/** What a person at the terminal has to know next; the log beside it is for machines. */
const greeting = (mode: Config['mode'], address: string): readonly { en: string; zh: string }[] => [
  { en: `\nTiergate is ready: ${address} (Ctrl+C ends it)`, zh: `\nTiergate 已就绪：${address}（Ctrl+C 结束）` },
  ...(mode === 'demo'
    ? [
        {
          en: 'This is a demo: its first page leads through it, its sign-in page names the accounts.',
          zh: '当前为演示模式：首页有演示流程，登录页列有演示账户。',
        },
      ]
    : []),
];

/** Starts the server and stays until it is told to stop. */
export async function run(call: Call): Promise<Exit> {
  const environment = { ...call.environment, TIERGATE_WORKERS: workersAsked(call) };
  const config = configOf({ ...call, environment });
  const link = WorkerLink.ofThisProcess();
  const greet = (address: string): void => {
    for (const line of greeting(config.mode, address)) call.out(call.say(line.en, line.zh));
  };
  if (config.workers > 1 && link === null) return keepWorkers(config, greet);
  try {
    const running = await serve(environment, link);
    stopOnSignals(running);
    if (link === null) greet(running.address);
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw inUse(`${config.host}:${config.port}`);
    throw inWords(error);
  }
  await new Promise<never>(() => {});
  return EXIT.ok;
}

const workersAsked = (call: Call): string | undefined =>
  textOption(call, 'workers') ?? call.environment['TIERGATE_WORKERS'];

/** Keeps several processes until they are told to stop. */
function keepWorkers({ workers: count, logLevel }: Config, onReady: (address: string) => void): Promise<Exit> {
  const workers = new Workers({ count, log: createLogger(logLevel), onReady });
  process.on('SIGTERM', () => workers.stop());
  process.on('SIGINT', () => workers.stop());
  return workers.run();
}
