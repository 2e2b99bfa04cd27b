/** Interfaces that the core is given from outside, so that whole parties run in virtual time without sockets. */

/** Cancels a timer; does nothing once it has fired. */
export type Cancel = () => void;

/** Milliseconds on the server's clock: wall time read once at boot, monotonic from there; fractions allowed. */
export type Now = () => number;

export type SetTimer = (run: () => void, delayMs: number) => Cancel;

/** An unguessable identifier of at most 64 characters. */
export type RandomId = () => string;

export interface SendOptions {
  /** The message carries a time stamp, which waiting would falsify. */
  urgent?: boolean;
  /** Names a state of which a slow reader needs only the newest; `null` for messages that must arrive. */
  replaces?: string | null;
}

/** One client's socket as the core sees it. Both methods do nothing once the socket is closed. */
export interface Connection {
  /** Its network address, if known; usage is counted by it. */
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

/** The loggable part of an exception: its message could quote a member, its stack frames cannot. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, frames: frames?.map((line) => line.trim()).slice(0, 12) };
}
