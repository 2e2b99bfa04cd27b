import { expect, it } from 'vitest';
import { PersonInput } from '../../src/player/person-input.ts';
import { playParty, type PartyOptions } from './party.ts';
import * as property from './properties.ts';

/** Takes every change of the player for its person's, as if nothing paid for intents. */
class Gullible extends PersonInput {
  override explains(): boolean {
    return true;
  }
  override claim(): boolean {
    return true;
  }
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

async function failures(
  options: PartyOptions,
  check: (party: Awaited<ReturnType<typeof playParty>>) => void,
) {
  const messages: string[] = [];
  for (const seed of SEEDS) {
    const party = await playParty(seed, options);
    try {
      check(party);
    } catch (error) {
      messages.push(error instanceof Error ? error.message : String(error));
    }
  }
  return messages;
}

it('notices a controller that reports what sites do as acts of persons', async () => {
  const found = await failures({ persons: false, faults: true, input: () => new Gullible() }, (party) =>
    property.noInventedIntents(party, false),
  );
  expect(found.length).toBeGreaterThan(SEEDS.length / 2);
  expect(found[0]).toMatch(/intents on the wire[\s\S]*seed \d+\n[\s\S]*intent \{/);
});

it('notices a session that never connects again', async () => {
  const found = await failures(
    { persons: false, faults: true, ignores: (event) => event.type === 'timer' && event.name === 'retry' },
    property.nobodyStuck,
  );
  expect(found.length).toBeGreaterThan(SEEDS.length / 2);
});

it('notices a session that is deaf to the timeline', async () => {
  const found = await failures(
    {
      persons: true,
      faults: true,
      ignores: (event) => event.type === 'message' && event.message.type === 'watch/playback_state',
    },
    property.allTogether,
  );
  expect(found.length).toBe(SEEDS.length);
});

it('notices a session that is deaf to the chat', async () => {
  const found = await failures(
    {
      persons: true,
      faults: true,
      ignores: (event) => event.type === 'message' && event.message.type === 'chat/message',
    },
    property.chatComplete,
  );
  expect(found.length).toBeGreaterThan(SEEDS.length / 2);
});
