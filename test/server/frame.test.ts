import { describe, expect, it } from 'vitest';
import { cachingTextFrame, textFrame } from '../../src/server/transport/frame.ts';

describe('[ENV-1] text frames', () => {
  // Where the length field of RFC 6455 §5.2 changes its form.
  it.each([
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [127, [0x81, 126, 0, 127]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])('A frame of %i bytes has the right header.', (length, header) => {
    const frame = textFrame('x'.repeat(length));
    expect([...frame.subarray(0, header.length)]).toEqual(header);
    expect(frame.subarray(header.length).toString()).toBe('x'.repeat(length));
  });

  it('Cached frames are never mixed up.', () => {
    const frameOf = cachingTextFrame();
    for (const text of ['a', 'b', 'a', 'c', 'b', 'ü', 'a', ''])
      expect(frameOf(text)).toEqual(textFrame(text));
    expect(frameOf('a')).toBe(frameOf('a'));
  });
});
