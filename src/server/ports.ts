/** What the server's core is given from outside, so that whole parties can run in virtual time without sockets. */

/** Undoes a timer; does nothing when it has fired. */
export type Cancel = () => void;

/** Milliseconds on the server's clock: wall time read once at boot, monotonic from there; fractions allowed. */
export type Now = () => number;

export type SetTimer = (run: () => void, delayMs: number) => Cancel;

/** An unguessable identifier of at most 64 characters. */
export type RandomId = () => string;

export interface SendOptions {
  /** It carries a time stamp, which waiting would make wrong. */
  urgent?: boolean;
  /** Names a state of which only the newest matters, to a client that reads slowly; null for what must arrive. */
  replaces?: string | null;
}

/** One client's socket as the core sees it. Both are no-ops once the socket is gone. */
export interface Connection {
  /** Where it comes from, as far as that is known: what an address may use up is counted by it. */
  readonly address?: string;
  send: (text: string, options?: SendOptions) => void;
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
