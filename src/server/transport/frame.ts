const FINAL_TEXT = 0x81;

/**
 * A whole text frame as a server sends it: unmasked, so that one buffer serves every receiver (RFC 6455 §5.2).
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = FINAL_TEXT;
  if (length < 126) {
    frame[1] = length;
  } else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headerLength);
  return frame;
}

/** {@link textFrame} with a cache of its last results, as a broadcast sends one text to many. */
export function cachingTextFrame(): (text: string) => Buffer {
  // Two, because a broadcast has a plain v1 variant and an extended one.
  let [textA, textB] = ['', ''];
  let [frameA, frameB] = [textFrame(''), textFrame('')];
  return (text) => {
    if (text === textA) return frameA;
    if (text === textB) return frameB;
    [textB, frameB] = [textA, frameA];
    [textA, frameA] = [text, textFrame(text)];
    return frameA;
  };
}
