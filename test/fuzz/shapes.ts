import { z } from 'zod';
import { clientMessages } from '../../src/protocol/client-messages.ts';
import { serverMessages } from '../../src/protocol/server-messages.ts';

/** The part of JSON Schema that our zod schemas use. What has none of it may be any JSON. */
export interface Shape {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null' | undefined;
  properties?: Record<string, Shape> | undefined;
  required?: string[] | undefined;
  items?: Shape | undefined;
  anyOf?: Shape[] | undefined;
  enum?: (string | number)[] | undefined;
  const?: unknown;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  pattern?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  maxItems?: number | undefined;
}

const shape: z.ZodType<Shape> = z.lazy(() =>
  z.object({
    type: z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']).optional(),
    properties: z.record(z.string(), shape).optional(),
    required: z.array(z.string()).optional(),
    items: shape.optional(),
    anyOf: z.array(shape).optional(),
    enum: z.array(z.union([z.string(), z.number()])).optional(),
    const: z.unknown().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxItems: z.number().optional(),
  }),
);

/** What a payload of each type looks like, taken from the schemas, so that a new type is tried as soon as it is there. */
function shapesOf(messages: Record<string, z.ZodType>): ReadonlyMap<string, Shape> {
  return new Map(
    Object.entries(messages).map(([type, schema]) => [
      type,
      shape.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
    ]),
  );
}

export const CLIENT_SHAPES = shapesOf(clientMessages);
export const SERVER_SHAPES = shapesOf(serverMessages);
