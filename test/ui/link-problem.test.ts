import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { withCertificate } from '../../src/protocol/index.ts';
import { linkProblem } from '../../src/ui/home/link-problem.ts';

const key = 'q83vEjRWeJASNFZ4kBI0Vg';
const roomId = withCertificate('film', createHash('sha256').update(key).digest());
const problem = (roomKey: string | null, room = roomId) =>
  linkProblem({ serverUrl: 'wss://a.example', roomId: room, roomKey });

it('[LINK-2] a name that vouches for a key tells a changed and an incomplete link from a whole one', async () => {
  expect(await problem(key)).toBeNull();
  expect(await problem(`${key.slice(0, -1)}A`)).toMatch(/changed on its way/);
  expect(await problem(null)).toMatch(/incomplete/);
});

it('[LINK-2] of any other name nothing is known', async () => {
  expect(await problem(key, 'film')).toBeNull();
  expect(await problem(null, 'film')).toBeNull();
});
