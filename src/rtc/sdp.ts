/**
 * Makes the offerer the DTLS client (`a=setup:active`; RFC 8842 §5.3 leaves the choice to the answerer). If the
 * answerer started, its ClientHello could arrive before the offerer has applied the answer, and DTLS retransmits
 * with exponential back-off, most of a second on a busy computer.
 *
 * @param sdp The first offer of a connection, about to be applied; later offers may not change the role.
 */
export function preferOffererAsDtlsClient(sdp: string): string {
  return sdp.replace(/^a=setup:actpass\b/gm, 'a=setup:active');
}

/** Browsers list Opus once. */
const MAX_PAYLOAD_TYPES = 8;

/**
 * Asks the sender to transmit almost nothing during silence (Opus DTX, RFC 7587 §6.1). Friends at a film are silent
 * most of the time, and fifty packets a second to and from each of them cost network and processor all the same.
 *
 * @param sdp The sender's description, about to be applied.
 */
export function enableOpusDtx(sdp: string): string {
  const named = [...sdp.matchAll(/^a=rtpmap:(\d+) opus\//gim)].map(([, type]) => type ?? '');
  // Each payload type costs a pass over the whole text.
  const types = [...new Set(named)].slice(0, MAX_PAYLOAD_TYPES);
  // Browsers always write an `fmtp` line for Opus; the SDP of another client without one stays as it is.
  const settings = (type: string) => new RegExp(`^a=fmtp:${type} (?!.*\\busedtx=).*`, 'm');
  return types.reduce((told, type) => told.replace(settings(type), '$&;usedtx=1'), sdp);
}
