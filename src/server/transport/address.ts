import type { IncomingMessage } from 'node:http';
import { readAddress } from '../limits/address-key.ts';

/**
 * Where a request comes from. Behind a proxy every socket comes from the proxy, which appends the address it saw to
 * `X-Forwarded-For`; whatever stands before that anybody can have written.
 */
export function addressReader(trustProxy: boolean): (request: IncomingMessage) => string {
  return (request) => {
    const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
    const last = String(forwarded ?? '')
      .split(',')
      .at(-1);
    return readAddress(last?.trim() ?? '') ?? request.socket.remoteAddress ?? '';
  };
}
