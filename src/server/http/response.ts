import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Reply {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export const pageReply = (status: number, body: string): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
});

export const jsonReply = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
  headers,
});

/** Sends a reply with the security headers every answer carries. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...SECURITY,
    'content-type': reply.type,
    'content-length': Buffer.byteLength(reply.body),
    ...reply.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}
