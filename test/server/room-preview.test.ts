import { expect, it } from 'vitest';
import { roomPreview } from '../../src/protocol/index.ts';
import { readRoomPreview } from '../../src/ui/host/fetch-room-preview.ts';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub } from './support.ts';

const KEY = 'q83vEjRWeJASNFZ4kBI0Vg';
const URL = 'https://www.example.org/watch?v=1';

/** A room with two members of one name, in which a video plays. */
function playingRoom() {
  const { hub, client } = virtualHub();
  const ana = client('ana', { caps: ALL_CAPS, key: KEY });
  const twin = joinPayload('ana-2', { caps: ALL_CAPS, key: KEY });
  client().ask('room/join', { ...twin, client: { userId: 'ana-2', displayName: 'ANA' } });
  ana.ask('watch/set_content', { roomId: ROOM, contentId: URL, meta: { title: 'Film', url: URL } });
  ana.ask('watch/playback_state', state());
  return hub;
}

it.each([
  ['a room that does not exist', 'nowhere', undefined],
  ['a room whose key was not shown', ROOM, undefined],
  ['a playing room', ROOM, KEY],
])('[HTTP-3] The server’s preview of %s fits the shared schema unchanged.', (_, roomId, key) => {
  const preview = playingRoom().previewRoom(roomId, key);
  expect(roomPreview.parse(JSON.parse(JSON.stringify(preview)))).toEqual(preview);
});

it('[HTTP-3] The client reads the server’s preview of a playing room.', () => {
  const answer: unknown = JSON.parse(JSON.stringify(playingRoom().previewRoom(ROOM, KEY)));
  expect(readRoomPreview(answer)).toEqual({
    exists: true,
    keyed: false,
    members: ['ANA', 'ANA (2)'],
    content: { title: 'Film', origin: 'https://www.example.org', site: 'example.org' },
    playing: true,
  });
});
