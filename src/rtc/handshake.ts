/**
 * Leaves it to who offers to begin the DTLS handshake (RFC 8842 §5.3 lets who answers choose). Who answers can send before its answer
 * has been read; what comes too early there is sent again after twice as long each time, most of a second where that computer is busy.
 *
 * @param sdp The offer that a connection begins with, about to be applied: a later one may not change who began.
 */
export function theyShakeHandsFirst(sdp: string): string {
  return sdp.replace(/^a=setup:actpass\b/gm, 'a=setup:active');
}
