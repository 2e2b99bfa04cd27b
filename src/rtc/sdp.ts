/**
 * Leaves it to who offers to begin the DTLS handshake (RFC 8842 §5.3 lets who answers choose). Who answers can send before its answer
 * has been read; what comes too early there is sent again after twice as long each time, most of a second where that computer is busy.
 *
 * @param sdp The offer that a connection begins with, about to be applied: a later one may not change who began.
 */
export function preferOffererAsDtlsClient(sdp: string): string {
  return sdp.replace(/^a=setup:actpass\b/gm, 'a=setup:active');
}

/** Browsers name Opus once. */
const MAX_PAYLOAD_TYPES = 8;

/**
 * Asks who sends a voice to send next to nothing while nobody speaks (Opus DTX, RFC 7587 §6.1): friends who watch a film are
 * silent most of the time, and fifty packets a second to and from each of them cost network and processor all the same.
 *
 * @param sdp A description of that sender, about to be applied.
 */
export function enableOpusDtx(sdp: string): string {
  const named = [...sdp.matchAll(/^a=rtpmap:(\d+) opus\//gim)].map(([, type]) => type ?? '');
  // Each costs a walk through all of the text.
  const types = [...new Set(named)].slice(0, MAX_PAYLOAD_TYPES);
  // Browsers always say something of Opus; a client that does not has no line to add this to, and is let be.
  const settings = (type: string) => new RegExp(`^a=fmtp:${type} (?!.*\\busedtx=).*`, 'm');
  return types.reduce((told, type) => told.replace(settings(type), '$&;usedtx=1'), sdp);
}
