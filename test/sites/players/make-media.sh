#!/usr/bin/env bash
# Makes the streams in media/ from the test film: two minutes in H.264 and AAC, small enough to be kept in the repository.
# Needs ffmpeg; the packager comes from npm. Run it only to change them.
#
#   film.mpd, film.m3u8   DASH and HLS, both of video.mp4 and audio.mp4 (CMAF)
#   locked.mpd            DASH, encrypted (cenc); its key is in shaka.js
#   ts.m3u8               HLS of an MPEG transport stream (not *.ts, which is TypeScript here)
set -euo pipefail
cd "$(dirname "$0")"
rm -rf media && mkdir media && cd media
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
film=$work/film.mp4
npm install --silent --prefix "$work" shaka-packager@3.4.2

ffmpeg -v error -y -t 120 -i ../../film/film.webm -map_metadata -1 -fflags +bitexact \
  -r 15 -c:v libx264 -preset veryslow -crf 32 -profile:v main -g 60 -keyint_min 60 -sc_threshold 0 \
  -c:a aac -b:a 16k -ar 22050 -ac 1 "$film"

packager() {
  node "$work/node_modules/shaka-packager" "$@" --segment_duration 4 --quiet
}
packager "in=$film,stream=video,output=video.mp4,playlist_name=video.m3u8" \
  "in=$film,stream=audio,output=audio.mp4,playlist_name=audio.m3u8,hls_group_id=audio" \
  --mpd_output film.mpd --hls_master_playlist_output film.m3u8
packager "in=$film,stream=video,output=locked-video.mp4" "in=$film,stream=audio,output=locked-audio.mp4" \
  --mpd_output locked.mpd --enable_raw_key_encryption --clear_lead 0 \
  --keys label=:key_id=00000000000000000000000000000001:key=00112233445566778899aabbccddeeff
ffmpeg -v error -i "$film" -c copy -f hls -hls_time 4 -hls_playlist_type vod -hls_flags single_file \
  -hls_segment_filename film.mpegts ts.m3u8
