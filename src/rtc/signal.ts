import { z } from 'zod';

/** What two peers of a call say to each other to connect, as `webrtc/*` carries it. */
export type Signal =
  /** `asked`: an offer that the other side has asked for. */
  | { kind: 'offer'; sdp: string; from: string; to?: string | undefined; asked?: boolean | undefined }
  | { kind: 'answer'; sdp: string; from: string; to?: string | undefined }
  | {
      kind: 'ice';
      candidate: RTCIceCandidateInit | null;
      from?: string | undefined;
      to?: string | undefined;
    };

/** The sender's page is gone, and its next one is to find an offer. */
export interface OfferRequest {
  kind: 'offer_request';
}

/** A `candidate` that is none: see {@link OfferRequest}. Other clients take it for the end of candidates, if for anything. */
export const OFFER_REQUEST = { streamsync: { callMe: true } };
const offerRequest = z.object({ streamsync: z.object({ callMe: z.literal(true) }) });

/**
 * Names the peer connection that speaks, and the one it speaks to where it knows that. After a reload both may be others
 * than before, and what was meant for the former ones must not touch them.
 */
const link = z.object({
  from: z.string().min(1).max(64),
  to: z.string().min(1).max(64).optional(),
  asked: z.literal(true).optional(),
});
const tagged = { streamsync: link.optional().catch(undefined) };

/** v1 leaves open whether `sdp` is text or an `RTCSessionDescriptionInit`, and what a candidate is. */
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

/** As `sdp` or `candidate` of `webrtc/*`. */
export function writeSignal(signal: Signal): unknown {
  const { from, to } = signal;
  const asked = signal.kind === 'offer' && signal.asked === true;
  const streamsync = { from, ...(to !== undefined && { to }), ...(asked && { asked }) };
  if (signal.kind !== 'ice') return { type: signal.kind, sdp: signal.sdp, streamsync };
  return { ...signal.candidate, streamsync };
}

/** Who sends no name of ours is told by the session id of its SDP, which lives as long as its connection (RFC 8829 §5.2.1). */
function sdpSessionId(sdp: string): string {
  return /^o=\S+ (\d{1,40})/m.exec(sdp)?.[1] ?? 'unnamed';
}
