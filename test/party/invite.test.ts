import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inviteUrl, parseInvite } from '../../src/party/invite.ts';
import { readRoomName } from '../../src/party/room-name.ts';

describe('an invite', () => {
  it.each([
    ['ws://127.0.0.1:8787', 'http://127.0.0.1:8787/join/film'],
    ['wss://party.example.org', 'https://party.example.org/join/film'],
    ['wss://example.org/party', 'https://example.org/party/join/film'],
    ['ws://[::1]:8787', 'http://[::1]:8787/join/film'],
  ])('to a room on %s is %s, and reads back', (serverUrl, address) => {
    const invite = { serverUrl, roomId: 'film', roomKey: null };
    expect(inviteUrl(invite)).toBe(address);
    expect(parseInvite(address)).toEqual(invite);
  });

  it('carries any room name there and back', () => {
    const names = fc.string({ unit: 'binary', maxLength: 128 }).filter((text) => readRoomName(text) === text);
    fc.assert(
      fc.property(names, (roomId) => {
        const invite = { serverUrl: 'wss://a.example/x', roomId, roomKey: 'a-key-of-some-length' };
        expect(parseInvite(inviteUrl(invite))).toEqual(invite);
      }),
    );
  });

  it('[KEY-5] carries the key where browsers keep it to themselves', () => {
    const roomKey = '-_v7-_v7-_v7-_v7-_v7-w';
    const address = inviteUrl({ serverUrl: 'wss://a.example', roomId: 'film', roomKey });
    expect(address).toBe('https://a.example/join/film#k=-_v7-_v7-_v7-_v7-_v7-w');
    expect(new URL(address).hash).toContain(roomKey);
    expect(parseInvite(address)?.roomKey).toBe(roomKey);
    expect(parseInvite('https://a.example/join/film#k=short')?.roomKey).toBeNull();
  });

  it('may end in a slash, a query or a fragment', () => {
    expect(parseInvite('https://a.example/join/film/?from=mail#top')?.roomId).toBe('film');
  });

  it.each([
    'https://a.example/',
    'https://a.example/join/',
    'https://a.example/join/a/b',
    'https://a.example/join/%E0%A4%A',
    'https://a.example/join/%20',
    'https://user:secret@a.example/join/film',
    `https://a.example/join/${'x'.repeat(129)}`,
    `https://a.example/${'x'.repeat(4000)}/join/film`,
    'ftp://a.example/join/film',
    'javascript:alert(1)//join/film',
    'join/film',
    '',
  ])('is not %s', (address) => expect(parseInvite(address)).toBeNull());

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseInvite(text)));
    fc.assert(fc.property(fc.webUrl(), (url) => void parseInvite(`${url}/join/%`)));
  });
});
