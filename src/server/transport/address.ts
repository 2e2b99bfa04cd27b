import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Behind a proxy every socket comes from the proxy, which appends the address it saw to
 * `X-Forwarded-For`; whatever stands before that anybody can have written.
 */
export function addressReader(trustProxy: boolean): (request: IncomingMessage) => string {
  return (request) => {
    const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
    const last =
      String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim() ?? '';
    return last === '' ? (request.socket.remoteAddress ?? '') : last;
  };
}
