import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { messageOf } from './message.js';
import type { Posted, PostOffice, PostOutcome } from './mail-ports.js';

/** Writes each mail as a file, for a demo and for a house that picks mail up itself. */
export class FolderOffice implements PostOffice {
  private readonly printer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {}

  async send(letter: Posted): Promise<PostOutcome> {
    try {
      const { message } = await this.printer.sendMail(messageOf(letter, this.from));
      await mkdir(this.folder, { recursive: true });
      const file = join(this.folder, `${letter.id}.eml`);
      await writeFile(`${file}.part`, message as Buffer);
      await rename(`${file}.part`, file);
      return { kind: 'sent' };
    } catch (error) {
      return { kind: 'unreachable', error: (error as Error).message };
    }
  }

  close(): void {}
}
