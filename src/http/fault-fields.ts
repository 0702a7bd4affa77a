/** An error as fields of a log line: of the stack only the frames, since its first line repeats the message. */
export function faultFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: `a ${typeof error} was thrown` };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const { code } = error as { code?: unknown };
  return { name: error.name, message: error.message, code, stack: frames.join('\n') };
}
