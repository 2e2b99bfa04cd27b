import { expect, it } from 'vitest';
import { readRoomPreview } from '../../src/ui/host/fetch-room-preview.ts';

const look = (content: object) => readRoomPreview({ exists: true, members: ['Ana'], content, playing: true });

it('names a site by the address it is at, whatever the server calls it', () => {
  const told = { title: 'Film', site: 'netflix.com', origin: 'https://www.evil.example:8443/netflix.com' };
  expect(look(told)?.content).toEqual({ title: 'Film', origin: told.origin, site: 'evil.example' });
});

it('names no site where the server tells of no address', () => {
  expect(look({ title: 'Film', site: 'netflix.com' })?.content?.site).toBeUndefined();
  expect(look({ origin: 'ftp://films.example' })).toBeNull();
});
