/** What the server's core is given from outside, so that whole parties can run in virtual time without sockets. */

/** Undoes a timer; does nothing when it has fired. */
export type Cancel = () => void;

/** Milliseconds on the server's clock: wall time read once at boot, monotonic from there; fractions allowed. */
export type Now = () => number;

export type SetTimer = (run: () => void, delayMs: number) => Cancel;

/** An unguessable identifier of at most 64 characters. */
export type RandomId = () => string;

/** One client's socket as the core sees it. Both are no-ops once the socket is gone. */
export interface Connection {
  /** Where it comes from, as far as that is known: guessers are slowed down by it. */
  readonly address?: string;
  /** An urgent message carries a time stamp, which waiting would make wrong. */
  send: (text: string, urgent?: boolean) => void;
  close: (code: number, reason: string) => void;
}

type LogLine = (fields: Record<string, unknown>, message: string) => void;
/** Structured log; a pino logger is one. Never given room names, user ids, titles, chat or tokens. */
export interface Log {
  debug: LogLine;
  info: LogLine;
  warn: LogLine;
  error: LogLine;
}

const silence: LogLine = () => undefined;
export const silentLog: Log = { debug: silence, info: silence, warn: silence, error: silence };

/** What of an exception may be logged: its message could quote what a member sent, its stack frames cannot. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, frames: frames?.map((line) => line.trim()).slice(0, 12) };
}
