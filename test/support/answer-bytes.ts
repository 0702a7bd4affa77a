import type request from 'supertest';

/** An answer of supertest as its bytes: `call.buffer().parse(answerBytes)`. */
export function answerBytes(answer: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const pieces: Buffer[] = [];
  const stream = answer as unknown as NodeJS.ReadableStream;
  stream.on('data', (piece: Buffer) => pieces.push(Buffer.from(piece)));
  stream.on('end', () => done(null, Buffer.concat(pieces)));
}
