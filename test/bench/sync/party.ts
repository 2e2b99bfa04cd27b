import { setTimeout as delay } from 'node:timers/promises';
import { processWith } from '../processes.ts';
import { launchChromium, type ChromiumMember, type LaunchOptions } from '../../support/chromium.ts';
import type { Member } from '../../support/member.ts';
import { startServerProcess, type ServerProcess } from '../../support/server-process.ts';
import { watchServerClock, type ServerClock } from './clocks/server-clock.ts';
import { startBenchSite, type BenchSite } from './film/site.ts';
import type { LinkShape } from './links/delays.ts';
import { startLinks, type Links, type RemoteLink } from './links/links.ts';
import { IdealTimeline } from './rulers/ideal.ts';
import { installProbe, type Probe } from './rulers/media-clock.ts';

export const NAMES = ['Ana', 'Ben', 'Cleo'] as const;
export const ROOM = 'measured-room';

export interface PartyPlan {
  names?: readonly string[];
  link: (index: number) => LinkShape;
  clip: string;
  /** Where a member is shown another one. */
  clipOf?: (name: string) => string | undefined;
  launch?: (index: number) => LaunchOptions;
  seed: number;
  sampleEveryMs?: number;
}

/** A member in whichever browser, as far as measuring goes. */
export interface AnyMember {
  name: string;
  browser: Member;
  link: RemoteLink;
  probe: Probe;
  /** Of the browser's first process. */
  pid: number;
}

export interface BenchMember extends AnyMember {
  browser: ChromiumMember;
  /** After its page was loaded anew. */
  reprobe: () => Promise<void>;
}

/** A server, a film, and browsers that each have a link of their own; nobody has joined yet. */
export interface Party extends AsyncDisposable {
  members: readonly BenchMember[];
  server: ServerProcess;
  serverClock: ServerClock;
  site: BenchSite;
  links: Links;
  /** Of the room, once somebody has joined it. */
  ideal: IdealTimeline;
  /** Lets these join by the popup, one after the other. */
  join: (...members: readonly AnyMember[]) => Promise<void>;
}

const SAMPLE_EVERY_MS = 100;
/** The scripts of the baselines speak with the server from the film's page. */
const EVERY_ORIGIN = { STREAMSYNC_ALLOW_ORIGINS: '*' };
const VIEWPORT = { width: 500, height: 320 };

export async function openParty(plan: PartyPlan): Promise<Party> {
  const { names = NAMES, clip, clipOf, seed } = plan;
  // What was started is stopped, last first, also when a later part does not start.
  await using started = new AsyncDisposableStack();
  const site = started.adopt(await startBenchSite(clip), (each) => each.close());
  for (const name of names) site.serve(name, { path: clipOf?.(name) ?? clip });
  const server = started.adopt(await startServerProcess(EVERY_ORIGIN), (each) => each.kill());
  const serverClock = started.adopt(await watchServerClock(server.port), (each) => each.close());
  const ideal = new IdealTimeline();
  const links = started.use(startLinks((message, atMs) => ideal.told(message, atMs)));

  const members: BenchMember[] = [];
  for (const [index, name] of names.entries()) {
    const link = await links.open(server.port, plan.link(index), seed * 1000 + index);
    const browser = started.adopt(
      await launchChromium(name, site.entrance(name), { viewport: VIEWPORT, ...plan.launch?.(index) }),
      (each) => each.close(),
    );
    const newProbe = async () => {
      await browser.page.waitForFunction(isLoaded);
      return installProbe(browser.page, plan.sampleEveryMs ?? SAMPLE_EVERY_MS);
    };
    const pid = processWith(browser.profile);
    if (pid === null) throw new Error(`${name}'s browser has no process`);
    const member: BenchMember = {
      ...{ name, browser, link, pid },
      probe: await newProbe(),
      reprobe: async () => {
        member.probe = await newProbe();
      },
    };
    members.push(member);
  }
  const running = started.move();
  return {
    members,
    server,
    serverClock,
    site,
    links,
    ideal,
    join: async (...who) => {
      for (const { browser, link } of who) await browser.join(link.invite(ROOM));
      await delay(1000);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Runs in the page. */
function isLoaded(): boolean {
  return (document.querySelector<HTMLVideoElement>('#film')?.readyState ?? 0) >= 3;
}
