import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Sends the batches it is told over so many connections, each as soon as the last one is answered, until it is ended:
 * `node batch-load.js <url> <path> <connections>`; it tells how many were answered. In a process of its own: whoever
 * reads these answers has no time to keep a pace.
 */
const [url = '', path = '', connections = '1'] = process.argv.slice(2);
const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };

async function send(bodies: readonly string[], from: number): Promise<never> {
  for (let at = from; ; at += 1) {
    const answer = await fetch(url + path, { method: 'POST', headers, body: bodies[at % bodies.length] as string });
    await answer.arrayBuffer();
    if (answer.status === 200) process.send?.(1);
    else await sleep(100);
  }
}

process.once('message', (bodies: readonly string[]) => {
  for (let nth = 0; nth < Number(connections); nth += 1) void send(bodies, nth).catch(() => process.exit(1));
});
