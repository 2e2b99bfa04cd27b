import { z } from 'zod';

/** A signal between two peers of a call, as `webrtc/*` carries it. */
export type Signal =
  /** `asked`: the other side has requested this offer. */
  | { kind: 'offer'; sdp: string; from: string; to?: string | undefined; asked?: boolean | undefined }
  | { kind: 'answer'; sdp: string; from: string; to?: string | undefined }
  | {
      kind: 'ice';
      candidate: RTCIceCandidateInit | null;
      from?: string | undefined;
      to?: string | undefined;
    };

/** The sender's page is new and has no connection: it needs an offer. */
export interface OfferRequest {
  kind: 'offer_request';
}

/** Travels as a `candidate`; other clients take it, if at all, for the end of candidates. See {@link OfferRequest}. */
export const OFFER_REQUEST = { streamsync: { callMe: true } };
const offerRequest = z.object({ streamsync: z.object({ callMe: z.literal(true) }) });

/**
 * Ids of the sender's connection and, once known, of the receiver's. A reload changes both, and signals for the old
 * ones must not touch the new.
 */
const link = z.object({
  from: z.string().min(1).max(64),
  to: z.string().min(1).max(64).optional(),
  asked: z.literal(true).optional(),
});
const tagged = { streamsync: link.optional().catch(undefined) };

/** v1 leaves open whether `sdp` is text or an `RTCSessionDescriptionInit`, and the form of a candidate. */
const description = z.union([
  z.string().transform((sdp) => ({ sdp, streamsync: undefined })),
  z.object({ sdp: z.string(), ...tagged }),
]);
const candidate = z.union([
  z.null().transform(() => ({ init: null, streamsync: undefined })),
  z.string().transform((text) => ({ init: { candidate: text, sdpMid: '0' }, streamsync: undefined })),
  z
    .object({
      candidate: z.string().max(2000).optional(),
      sdpMid: z.string().max(64).nullish(),
      sdpMLineIndex: z.int().min(0).max(64).nullish(),
      usernameFragment: z.string().max(300).nullish(),
      ...tagged,
    })
    .transform(({ streamsync, candidate: text, sdpMid, sdpMLineIndex, usernameFragment }) => ({
      streamsync,
      init:
        text === undefined
          ? null
          : {
              candidate: text,
              sdpMid: sdpMid ?? null,
              sdpMLineIndex: sdpMLineIndex ?? null,
              usernameFragment: usernameFragment ?? null,
            },
    })),
]);

export function readSignal(kind: Signal['kind'], data: unknown): Signal | OfferRequest | null {
  if (kind === 'ice') {
    if (offerRequest.safeParse(data).success) return { kind: 'offer_request' };
    const parsed = candidate.safeParse(data);
    if (!parsed.success) return null;
    const { init, streamsync } = parsed.data;
    return { kind, candidate: init, from: streamsync?.from, to: streamsync?.to };
  }
  const parsed = description.safeParse(data);
  if (!parsed.success) return null;
  const { sdp, streamsync } = parsed.data;
  const read = { kind, sdp, from: streamsync?.from ?? sdpSessionId(sdp), to: streamsync?.to };
  return kind === 'offer' && streamsync?.asked ? { ...read, kind, asked: true } : read;
}

/** Encodes a signal as `sdp` or `candidate` of `webrtc/*`. */
export function writeSignal(signal: Signal): unknown {
  const { from, to } = signal;
  const asked = signal.kind === 'offer' && signal.asked === true;
  const streamsync = { from, ...(to !== undefined && { to }), ...(asked && { asked }) };
  if (signal.kind !== 'ice') return { type: signal.kind, sdp: signal.sdp, streamsync };
  return { ...signal.candidate, streamsync };
}

/** The SDP's session id names a plain v1 sender's connection, which lives as long (RFC 8829 §5.2.1). */
function sdpSessionId(sdp: string): string {
  return /^o=\S+ (\d{1,40})/m.exec(sdp)?.[1] ?? 'unnamed';
}
