import { serve, stopOnSignals } from '../main.js';
import { CannotRun, type Command, EXIT } from './command.js';
import { configOf, inWords } from './product.js';

const inUse = (address: string): CannotRun =>
  new CannotRun({
    en: `${address} is taken already: set PORT to another one, or stop what listens there`,
    zh: `${address} 已被占用：请用 PORT 设置其他端口，或者停止占用它的程序`,
  });

/** Starts the server and stays until it is told to stop. */
export const serveCommand: Command = {
  name: 'serve',
  takes: '',
  summary: { en: 'start the server (settings: environment variables)', zh: '启动服务（以环境变量设置）' },
  arguments: [0, 0],
  options: {},
  async run(call) {
    const config = configOf(call);
    try {
      stopOnSignals(await serve(call.environment));
    } catch (error) {
      if ((error as { code?: string }).code === 'EADDRINUSE') throw inUse(`${config.host}:${config.port}`);
      throw inWords(error);
    }
    await new Promise<never>(() => {});
    return EXIT.ok;
  },
};
