import type { Page } from 'playwright';
import { view, type MemberView, type PartyView } from '../../src/messaging/view.ts';
import type { ChromiumMember } from '../support/chromium.ts';
import type { FilmSample } from '../support/film-probe.ts';

/** A media event of the film, on the wall clock of this machine. */
export interface Happening extends FilmSample {
  type: string;
}

interface Look {
  sample: FilmSample;
  news: Happening[];
}

/** A member of the party, with all that the demo sees of it. */
export interface Watched {
  member: ChromiumMember;
  name: string;
  /** The popup in a tab of its own, beside the film's. */
  popup: Page;
  sample: FilmSample;
  /** Every media event of the film so far. */
  seen: Happening[];
  party: PartyView | null;
  /** What the extension says of its own player. */
  me: MemberView | null;
  /** Brings `sample` and `seen` up to date. */
  look: () => Promise<void>;
  /** Brings `party` and `me` up to date. */
  lookAtView: () => Promise<void>;
}

/** Begins to watch a member that has joined. */
export async function watch(member: ChromiumMember): Promise<Watched> {
  const { page } = member;
  await page.evaluate(installWatch);
  const popup = await member.openPopup();
  await popup.evaluate(listenToView);
  await page.bringToFront();
  const { sample } = await page.evaluate(look);

  const watched: Watched = {
    member,
    name: member.name,
    popup,
    sample,
    seen: [],
    party: null,
    me: null,
    look: async () => {
      const { sample, news } = await page.evaluate(look);
      watched.sample = sample;
      watched.seen.push(...news);
    },
    lookAtView: async () => {
      const told = view.safeParse(await popup.evaluate(lastView));
      watched.party = told.data?.party ?? null;
      watched.me = watched.party?.members.find(({ isMe }) => isMe) ?? null;
    },
  };
  return watched;
}

// The functions below run in pages: they are sent as text, so each is self-contained.

function installWatch(): void {
  const video = document.querySelector<HTMLVideoElement>('#film');
  if (!video) throw new Error('no film here');
  const news: Happening[] = [];
  const sample = () => ({
    positionSec: video.currentTime,
    paused: video.paused,
    rate: video.playbackRate,
    atMs: performance.timeOrigin + performance.now(),
  });
  for (const type of ['play', 'playing', 'pause', 'seeking', 'seeked', 'ratechange']) {
    video.addEventListener(type, () => news.push({ type, ...sample() }));
  }
  Object.assign(globalThis, { demoLook: () => ({ sample: sample(), news: news.splice(0) }) });
}

function look(): Look {
  return (globalThis as unknown as { demoLook: () => Look }).demoLook();
}

/** The same line to the background that the popup draws from. */
function listenToView(): void {
  interface Signal {
    addListener: (listener: (value: unknown) => void) => void;
  }
  interface Port {
    onMessage: Signal;
    onDisconnect: Signal;
  }
  const { runtime } = (
    globalThis as unknown as { chrome: { runtime: { connect: (info: { name: string }) => Port } } }
  ).chrome;
  const connect = () => {
    const port = runtime.connect({ name: 'view' });
    port.onMessage.addListener((demoView) => Object.assign(globalThis, { demoView }));
    port.onDisconnect.addListener(() => setTimeout(connect, 100));
  };
  connect();
}

function lastView(): unknown {
  return (globalThis as unknown as { demoView?: unknown }).demoView;
}
