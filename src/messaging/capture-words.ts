import { z } from 'zod';

const deviceWish = z.union([z.string().max(300), z.boolean()]);
/** Tells one opening from another. */
const id = z.string().min(1).max(64);
const sdp = z.string().max(48 * 1024);
const candidate = z.object({
  candidate: z.string().max(2000).optional(),
  sdpMid: z.string().max(64).nullish(),
  sdpMLineIndex: z.int().min(0).max(64).nullish(),
  usernameFragment: z.string().max(300).nullish(),
});

/** The page that holds the call, to the one that captures. */
export const toCapture = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), id, microphone: deviceWish, camera: deviceWish }),
  z.object({ type: z.literal('answer'), id, sdp }),
  z.object({ type: z.literal('ice'), id, candidate }),
  /** Give the device back. */
  z.object({ type: z.literal('stop'), id, kind: z.enum(['audio', 'video']) }),
  z.object({ type: z.literal('list'), id }),
]);

/** The page that captures, to the one that holds the call. */
export const fromCapture = z.discriminatedUnion('type', [
  z.object({ type: z.literal('offer'), id, sdp }),
  z.object({ type: z.literal('ice'), id, candidate }),
  /** `name` as of a `DOMException` of `getUserMedia`. */
  z.object({ type: z.literal('failed'), id, name: z.string().max(64) }),
  z.object({
    type: z.literal('devices'),
    id,
    devices: z
      .array(
        z.object({
          kind: z.enum(['audioinput', 'videoinput', 'audiooutput']),
          id: z.string().max(300),
          label: z.string().max(300),
        }),
      )
      .max(64),
  }),
]);

export type ToCapture = z.infer<typeof toCapture>;
export type FromCapture = z.infer<typeof fromCapture>;
