import type { Browser } from 'wxt/browser';
import { describe, expect, it } from 'vitest';
import { forgetOld } from '../../src/background/forget-old.ts';
import { Keeper } from '../../src/background/keeper.ts';
import { OverlayPlaces, siteHash } from '../../src/background/overlay-places.ts';
import { overlayPlaces } from '../../src/player/overlay/places.ts';
import { volumeStore } from '../../src/call/participant-volume.ts';
import { backgroundArea } from '../../src/messaging/session-area.ts';
import { draftStore } from '../../src/ui/host/storage.ts';
import { handTimers } from '../support/hand-timers.ts';

type Sender = Browser.runtime.MessageSender;
type Places = ConstructorParameters<typeof OverlayPlaces>[0]['area'];
type Session = ConstructorParameters<typeof Keeper>[0]['session'];

const SECRET = 'of-the-overlay-of-this-tab';
const PLACE = { x: 0.25, y: 0.5, open: true, widthPx: 320, heightPx: 520 };
/** Where the overlay stands on a site where nobody has moved it. */
const FIRST = { x: 1, y: 0.35, open: false, widthPx: 320, heightPx: 520 };

const OVERLAY = { url: 'moz-extension://ours/overlay.html' };
const film = (host: string, incognito = false): Sender =>
  // The part of a sender that is read.
  ({ url: `https://${host}/film`, tab: { incognito }, frameId: 0 }) as Sender;

function area(items: Record<string, unknown> = {}) {
  return {
    items,
    get: (key: string | null) =>
      Promise.resolve(key === null ? { ...items } : key in items ? { [key]: items[key] } : {}),
    set: (more: Record<string, unknown>) => {
      Object.assign(items, structuredClone(more));
      return Promise.resolve();
    },
    remove: (keys: string | string[]) => {
      for (const key of [keys].flat()) Reflect.deleteProperty(items, key);
      return Promise.resolve();
    },
  };
}

function kept(local = area(), session = area()) {
  const timers = handTimers();
  let vouched = true;
  const places = new OverlayPlaces({
    // The parts of an area that are used.
    area: local as unknown as Places,
    hash: siteHash,
    newSalt: () => 'salt',
    after: timers.after,
  });
  const keeper = new Keeper({
    session: session as unknown as Session,
    places,
    isOverlay: ({ url }) => url === OVERLAY.url,
    vouchedFor: (secret) => vouched && secret === SECRET,
    isScript: ({ tab }) => tab !== undefined,
  });
  const from = (sender: Sender) => (message: unknown) =>
    keeper.answer(message, sender) ?? Promise.resolve(undefined);
  return { ...{ local, session, timers, places }, from, vouch: (is: boolean) => (vouched = is) };
}

describe('of an overlay in a frame', () => {
  it('drafts and volumes are kept where they end with the browser', async () => {
    const { from, session, local } = kept();
    const own = backgroundArea(from(OVERLAY), { secret: SECRET });
    const drafts = draftStore(own);
    await drafts.write('otter', 'half a thou');
    await volumeStore(own).write(new Map([['ben', { volume: 0.3, muted: true }]]));
    expect(session.items).toEqual({
      'draft:otter': 'half a thou',
      hearing: [['ben', { volume: 0.3, muted: true }]],
    });
    expect(await drafts.read('otter')).toBe('half a thou');
    expect((await volumeStore(own).read()).get('ben')).toEqual({ volume: 0.3, muted: true });
    await drafts.write('otter', '');
    expect(await drafts.read('otter')).toBe('');
    expect(local.items).toEqual({});
  });

  it('nothing is told to one that no script of ours has made, nor to a site', async () => {
    const { from } = kept(area(), area({ hearing: 'told' }));
    const read = { keep: 'read', secret: SECRET, key: 'hearing' };
    expect(await from(OVERLAY)(read)).toEqual({ kept: { hearing: 'told' } });
    expect(await from(OVERLAY)({ ...read, secret: 'made-up-by-whoever-framed-it' })).toEqual({});
    expect(await from(film('evil.example'))(read)).toBeUndefined();
    expect(await from(OVERLAY)({ ...read, key: 'party' })).toBeUndefined();
  });

  it('is waited for until its script has vouched for it', async () => {
    const { from, vouch } = kept(area(), area({ 'draft:otter': 'half' }));
    vouch(false);
    const read = draftStore(backgroundArea(from(OVERLAY), Promise.resolve({ secret: SECRET }))).read('otter');
    setTimeout(() => vouch(true), 60);
    expect(await read).toBe('half');
  });
});

describe('where the overlay stands', () => {
  it('is kept for each site by itself, and asked for by the script that is there', async () => {
    const { from } = kept();
    const script = overlayPlaces(from(film('films.example')));
    expect(await script.read()).toEqual(FIRST);
    script.write(PLACE);
    expect(await script.read()).toEqual(PLACE);
    await expect.poll(() => overlayPlaces(from(film('films.example'))).read()).toEqual(PLACE);
    expect(await overlayPlaces(from(film('other.example'))).read()).toEqual(FIRST);
  });

  it('names no site in what outlives the browser, and outlives it', async () => {
    const { places, timers, local } = kept();
    await places.write('films.example', PLACE);
    await expect.poll(() => Object.keys(local.items)).toEqual(['overlay_places']);
    timers.pass(500);
    expect(JSON.stringify(local.items)).not.toContain('films');
    const next = kept(local);
    expect(await next.places.read('films.example')).toEqual(PLACE);
  });

  it('is stored twice a second at most while it is dragged, and at last where it was let go of', async () => {
    const { places, timers, local } = kept();
    let stores = 0;
    const { set } = local;
    local.set = (items) => {
      stores += 1;
      return set(items);
    };
    for (let x = 0; x <= 100; x += 1) {
      await places.write('films.example', { ...PLACE, x: x / 100 });
      timers.pass(10);
    }
    timers.pass(500);
    await expect.poll(() => kept(local).places.read('films.example')).toEqual({ ...PLACE, x: 1 });
    expect(stores).toBeLessThanOrEqual(4);
  });

  it('is kept of fifty sites, those where it was moved last', async () => {
    const { places, timers, local } = kept();
    await places.write('first.example', PLACE);
    for (let at = 0; at < 49; at += 1) await places.write(`${at}.example`, PLACE);
    await places.write('first.example', { ...PLACE, x: 0 });
    await places.write('49.example', PLACE);
    timers.pass(500);
    await Promise.resolve();
    const { places: next } = kept(local);
    expect(await next.read('0.example')).toBeNull();
    expect(await next.read('first.example')).toMatchObject({ x: 0 });
    expect(await next.read('49.example')).toEqual(PLACE);
  });

  it('is not kept of a private window', async () => {
    const { from, places } = kept();
    await from(film('films.example', true))({ overlayPlace: PLACE });
    expect(await places.read('films.example')).toBeNull();
  });
});

it('what earlier versions kept is taken over without the sites’ names, or goes', async () => {
  const before = {
    ...{ settings: { displayName: 'Noor' }, call: { camera: true } },
    ...{ 'overlay:films.example': PLACE, 'overlay:odd.example': 7 },
    ...{ 'draft:wss://party.example otter': 'half a thou', hearing: [] },
  };
  const { places, local, timers } = kept(area(before));
  await forgetOld(local as unknown as Parameters<typeof forgetOld>[0], places);
  timers.pass(500);
  expect(Object.keys(local.items).sort()).toEqual(['call', 'overlay_places', 'settings']);
  expect(await places.read('films.example')).toEqual(PLACE);
  expect(await places.read('odd.example')).toBeNull();
});
