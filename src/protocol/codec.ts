import type { z } from 'zod';
import { clientMessages, type ClientMessage } from './client-messages.ts';
import { requestId as requestIdField } from './fields.ts';
import { shapeOf, stringUnder } from './frame-shape.ts';
import { LIMITS } from './limits.ts';
import { serverMessages, type ServerMessage } from './server-messages.ts';

/** Why a frame was refused, in words for the sender's developer, and the request it belongs to if one could be read. */
export interface FrameError {
  message: string;
  requestId?: string;
  /** The envelope was sound and only its type is unknown: a client lets such a message of a newer server pass. */
  unknownType?: true;
}
export type Decoded<M> = { ok: true; message: M } | { ok: false; error: FrameError };

/** The text frame of one message. */
export function encode(message: ClientMessage | ServerMessage): string {
  const { type, requestId, payload } = message;
  return JSON.stringify({ v: 1, type, requestId, payload });
}

/** Parses one text frame from a client. Never throws. */
export function decodeClientFrame(text: string): Decoded<ClientMessage> {
  return decode<ClientMessage>(text, clientTypes, LIMITS.frameValues);
}

/** Parses one text frame from a server. Never throws. */
export function decodeServerFrame(text: string): Decoded<ServerMessage> {
  // A server tells of up to fifty members at once, each with what they chose.
  return decode<ServerMessage>(text, serverTypes, Infinity);
}

/** The `requestId` of a frame that is not carried out, if one can be read; the frame itself is not parsed. */
export function readRequestId(text: string): string | undefined {
  const quoted = stringUnder(text, 'requestId');
  return quoted === undefined ? undefined : requestIdField.safeParse(parseJson(quoted)).data;
}

// Maps, because a plain object would find "constructor" and "__proto__" too.
const clientTypes = new Map<string, z.ZodType>(Object.entries(clientMessages));
const serverTypes = new Map<string, z.ZodType>(Object.entries(serverMessages));

const REFUSED_SHAPES = {
  'too deep': `arrays and objects may nest ${LIMITS.nesting} levels deep`,
  'too many values': `a frame may hold ${LIMITS.frameValues} values`,
};

function decode<M>(text: string, types: Map<string, z.ZodType>, values: number): Decoded<M> {
  try {
    const shape = shapeOf(text, { nesting: LIMITS.nesting, values });
    return shape === 'fits' ? read(text, types) : refuse(REFUSED_SHAPES[shape], readRequestId(text));
  } catch {
    // What a schema or the parser throws on input nobody thought of is a bad frame, not the end of the process.
    return refuse('the frame could not be read');
  }
}

function read<M>(text: string, types: Map<string, z.ZodType>): Decoded<M> {
  const envelope = parseJson(text);
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope)) {
    return refuse('a frame must be one JSON object');
  }
  const { v, type, requestId, payload } = envelope as Record<string, unknown>;
  const id = requestIdField.optional().safeParse(requestId ?? undefined);
  if (!id.success) return refuse('requestId must be a string of 1 to 128 characters');
  if (v !== 1) return refuse('v must be 1', id.data);
  if (typeof type !== 'string') return refuse('type must be a string', id.data);
  const schema = types.get(type);
  if (!schema) {
    return refuse(`unknown type ${JSON.stringify(type.slice(0, 64))}`, id.data, true);
  }
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return refuse(`${type}: ${firstIssue(parsed.error)}`, id.data);
  // The map pairs each type with its own schema, which the type system cannot follow through a lookup.
  const message = { type, payload: parsed.data, ...(id.data !== undefined && { requestId: id.data }) } as M;
  return { ok: true, message };
}

function refuse(message: string, requestId?: string, unknownType?: true): { ok: false; error: FrameError } {
  return {
    ok: false,
    error: { message, ...(requestId !== undefined && { requestId }), ...(unknownType && { unknownType }) },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'invalid payload';
  const path = ['payload', ...issue.path].map(String).join('.').slice(0, 100);
  return `${path}: ${issue.message}`.slice(0, 400);
}
