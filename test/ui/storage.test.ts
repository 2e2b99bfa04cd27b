import { describe, expect, it } from 'vitest';
import { draftStore, settingsStore } from '../../src/ui/host/storage.ts';
import { memoryArea } from './fake-host.ts';

const DEFAULT = 'ws://127.0.0.1:8787';
const read = (settings: unknown) => settingsStore(memoryArea({ settings }), DEFAULT).read();

describe('settings', () => {
  it('start with no name and the default server', async () => {
    expect(await settingsStore(memoryArea(), DEFAULT).read()).toEqual({
      displayName: '',
      serverUrl: DEFAULT,
    });
  });

  it('are kept, each change for itself', async () => {
    const store = settingsStore(memoryArea(), DEFAULT);
    await store.write({ displayName: 'Noor' });
    await store.write({ serverUrl: 'wss://party.example.org' });
    expect(await store.read()).toEqual({ displayName: 'Noor', serverUrl: 'wss://party.example.org' });
  });

  it.each([null, 7, 'text', [], { displayName: 7, serverUrl: 'ftp://x' }, { displayName: '\u0000' }])(
    'stored as %j fall back to the defaults',
    async (stored) => expect(await read(stored)).toEqual({ displayName: '', serverUrl: DEFAULT }),
  );

  it('keep what is sound beside what is not', async () => {
    expect(await read({ displayName: 'Noor', serverUrl: 7 })).toEqual({
      displayName: 'Noor',
      serverUrl: DEFAULT,
    });
  });
});

describe('a draft', () => {
  it('is kept for its room and gone when emptied', async () => {
    const area = memoryArea();
    const drafts = draftStore(area);
    await drafts.write('a', 'half a thou');
    expect([await drafts.read('a'), await drafts.read('b')]).toEqual(['half a thou', '']);
    await drafts.write('a', '');
    expect(area.items).toEqual({});
  });

  it('that cannot be one reads as empty', async () => {
    expect(await draftStore(memoryArea({ 'draft:a': 7 })).read('a')).toBe('');
  });
});
