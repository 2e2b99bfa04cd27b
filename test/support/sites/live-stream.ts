import { readFileSync } from 'node:fs';

/** The open players' transport stream: pieces of 4 s (test/sites/players/make-media.sh). */
const PLAYLIST = new URL('../../sites/players/media/ts.m3u8', import.meta.url);
const PIECE_SEC = 4;
/** So much had been sent when the server started. */
const BEFORE_SEC = 60;

/**
 * A stream that is sent while one watches, as an HLS playlist that grows by a piece every four seconds: the film of the open
 * players, over and over.
 */
export function liveStream(): (pieces: number) => string {
  const startedMs = Date.now() - BEFORE_SEC * 1000;
  const ranges = [...readFileSync(PLAYLIST, 'utf8').matchAll(/EXTINF:4\.0.*\n(#EXT-X-BYTERANGE:.*)\n/g)].map(
    ([, range = '']) => range,
  );
  return (pieces) => {
    const sent = Math.floor((Date.now() - startedMs) / 1000 / PIECE_SEC);
    const first = Math.max(0, sent - pieces);
    const lines = [
      '#EXTM3U',
      '#EXT-X-VERSION:4',
      `#EXT-X-TARGETDURATION:${PIECE_SEC}`,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      `#EXT-X-DISCONTINUITY-SEQUENCE:${Math.ceil(first / ranges.length)}`,
    ];
    for (let at = first; at < sent; at += 1) {
      if (at > first && at % ranges.length === 0) lines.push('#EXT-X-DISCONTINUITY');
      const sentAt = new Date(startedMs + at * PIECE_SEC * 1000).toISOString();
      const range = ranges[at % ranges.length] ?? '';
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${sentAt}`, '#EXTINF:4.000,', range, '/live.mpegts');
    }
    return lines.join('\n');
  };
}
