import type { Frame, Page } from 'playwright';
import { chromiumPath, launchChromium, type LaunchOptions } from './chromium.ts';
import { canHaveOwnNetwork, ownNetwork } from './own-network.ts';
import { openDrawer } from './overlay.ts';
import { until } from './until.ts';

/** A camera that shows a moving figure, and a microphone that beeps (Chromium's own), slow enough for two cores. */
export const FAKE_CAMERA = [
  '--use-fake-device-for-media-stream=fps=10',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=user-gesture-required',
];

export interface CameraOptions extends LaunchOptions {
  /** A WAV that the microphone hears again and again. */
  voicePath?: string;
}

export async function launchWithCamera(name: string, url: string, options: CameraOptions = {}) {
  const { voicePath, args = [] } = options;
  const voice = voicePath === undefined ? [] : [`--use-file-for-fake-audio-capture=${voicePath}`];
  const member = await launchChromium(name, url, { ...options, args: [...FAKE_CAMERA, ...voice, ...args] });
  await member.context.addInitScript(keepConnections, false);
  return member;
}

/** A member to and from whom no packet goes but to the ports that are opened, as behind the strictest firewall. */
export async function launchFirewalled(name: string, url: string, ports: readonly number[]) {
  if (!canHaveOwnNetwork()) {
    console.log(
      `${name} has no network of its own on this system: direct ways are only forbidden to the browser`,
    );
    const member = await launchWithCamera(name, url);
    await member.context.addInitScript(keepConnections, true);
    return { ...member, open: () => Promise.resolve() };
  }
  const network = await ownNetwork();
  for (const port of [Number(new URL(url).port), ...ports]) await network.open(port);
  const member = await launchWithCamera(name, url, { launcher: await network.launcherOf(chromiumPath()) });
  const close = async () => {
    await member.close();
    await network.close();
  };
  return { ...member, open: network.open, close };
}

/** Runs in every page before its scripts: what it connects by can be asked for its statistics. */
export function keepConnections(relayOnly: boolean): void {
  const page = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
  const kept: RTCPeerConnection[] = (page.connections = []);
  const restricted = (given: RTCConfiguration = {}): RTCConfiguration =>
    relayOnly ? { ...given, iceTransportPolicy: 'relay' } : given;
  const Native = page.RTCPeerConnection;
  page.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(restricted(configuration));
      kept.push(this);
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration(restricted(configuration));
    }
  };
}

/** What came of each other's voice so far. */
export function soundOf(frame: Frame): Promise<{ energy: number; packets: number }[]> {
  return frame.evaluate(async () => {
    const { connections = [] } = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
    const live = connections.filter(({ connectionState }) => connectionState === 'connected');
    return Promise.all(
      live.map(async (connection) => {
        const sound = { energy: 0, packets: 0 };
        (await connection.getStats()).forEach(
          (stat: { type: string; kind?: string; totalAudioEnergy?: number; packetsReceived?: number }) => {
            if (stat.type !== 'inbound-rtp' || stat.kind !== 'audio') return;
            sound.energy = stat.totalAudioEnergy ?? 0;
            sound.packets = stat.packetsReceived ?? 0;
          },
        );
        return sound;
      }),
    );
  });
}

/** How the packets of each connection go: `host` and `srflx` are direct, `relay` is through TURN. */
export function pathsOf(frame: Frame): Promise<{ local: string; remote: string }[]> {
  return frame.evaluate(() => {
    const { connections = [] } = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
    const live = connections.filter(({ connectionState }) => connectionState === 'connected');
    return live.map((connection) => {
      const [sender] = connection.getSenders();
      const pair = sender?.transport?.iceTransport.getSelectedCandidatePair();
      return { local: pair?.local.type ?? 'none', remote: pair?.remote.type ?? 'none' };
    });
  });
}

/** What the browser offers others to be reached at, over all its connections. */
export function candidatesOf(frame: Frame): Promise<string[]> {
  return frame.evaluate(async () => {
    const { connections = [] } = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
    const found = new Set<string>();
    for (const connection of connections) {
      (await connection.getStats()).forEach(
        (stat: { type: string; candidateType?: string; protocol?: string; relayProtocol?: string }) => {
          if (stat.type !== 'local-candidate') return;
          found.add([stat.candidateType, stat.relayProtocol ?? stat.protocol].join(' '));
        },
      );
    }
    return [...found].sort();
  });
}

/** Of each connection: how high the picture is that goes out, what it may cost, and how many pictures came in. */
export function sentOf(frame: Frame): Promise<{ heightPx: number; maxBps: number; received: number }[]> {
  return frame.evaluate(async () => {
    const { connections = [] } = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
    const live = connections.filter(({ connectionState }) => connectionState === 'connected');
    return Promise.all(
      live.map(async (connection) => {
        const sender = connection.getSenders().find(({ track }) => track?.kind === 'video');
        const found = {
          heightPx: 0,
          maxBps: sender?.getParameters().encodings[0]?.maxBitrate ?? 0,
          received: 0,
        };
        (await connection.getStats()).forEach(
          (stat: { type: string; kind?: string; frameHeight?: number; framesDecoded?: number }) => {
            if (stat.kind !== 'video') return;
            if (stat.type === 'outbound-rtp') found.heightPx = stat.frameHeight ?? 0;
            if (stat.type === 'inbound-rtp') found.received = stat.framesDecoded ?? 0;
          },
        );
        return found;
      }),
    );
  });
}

export const faceOf = (frame: Frame, name: string) =>
  frame.locator('.face', { has: frame.getByText(name, { exact: true }) });

/** Joins the call by the buttons, as a person does. */
export async function joinCall(member: { page: Page }): Promise<Frame> {
  const drawer = await openDrawer(member);
  await drawer.getByRole('button', { name: 'Join with camera' }).click();
  await drawer.getByRole('region', { name: 'Before you join' }).waitFor();
  await drawer.locator('.face video').waitFor();
  await drawer.getByRole('button', { name: 'Join', exact: true }).click();
  await drawer.getByRole('button', { name: 'Leave the call' }).waitFor();
  return drawer;
}

/** The tracks of the other faces that are shown. */
export function tracksOf(frame: Frame): Promise<string[]> {
  return frame.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>('.face video:not(.mirrored)')].flatMap(({ srcObject }) =>
      srcObject instanceof MediaStream ? srcObject.getVideoTracks().map(({ id }) => id) : [],
    ),
  );
}

/**
 * When the first pictures of so many other tracks than the `old` ones had been shown, in ms since the epoch, as the browser
 * itself tells: who looks at pixels again and again takes the time that is to be measured from the page.
 */
export function picturesAgain(frame: Frame, count: number, old: readonly string[] = []): Promise<number> {
  return frame.evaluate(
    ({ wanted, known }) =>
      new Promise<number>((resolve) => {
        const watched = new Set<string>();
        let shown = 0;
        const watch = () => {
          for (const video of document.querySelectorAll<HTMLVideoElement>('.face video:not(.mirrored)')) {
            const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
            if (!track || known.includes(track.id) || watched.has(track.id)) continue;
            watched.add(track.id);
            video.requestVideoFrameCallback((atMs) => {
              if (++shown < wanted) return;
              clearInterval(watching);
              resolve(performance.timeOrigin + atMs);
            });
          }
        };
        const watching = setInterval(watch, 20);
        watch();
      }),
    { wanted: count, known: [...old] },
  );
}

/** A sum over the picture of each other face, read from its pixels; 0 while there is none. */
export function picturesOf(frame: Frame): Promise<number[]> {
  return frame.evaluate(() => {
    const faces = [...document.querySelectorAll<HTMLVideoElement>('.face video:not(.mirrored)')];
    return faces.map((video) => {
      const canvas = document.createElement('canvas');
      const [width, height] = [(canvas.width = 32), (canvas.height = 20)];
      const context = canvas.getContext('2d');
      if (!context || video.videoWidth === 0) return 0;
      context.drawImage(video, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      return data.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value * ((at % 97) + 1)), 0);
    });
  });
}

/**
 * Waits until so many other faces come at the pace of a camera that gives five pictures a second: the call is at rest, and nobody
 * is busy with what was before.
 */
export async function seeAtRest(frame: Frame, count: number): Promise<void> {
  const pace = () =>
    frame.evaluate(async () => {
      const { connections = [] } = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
      const found: number[] = [];
      for (const connection of connections.filter((each) => each.connectionState === 'connected')) {
        (await connection.getStats()).forEach(
          (stat: { type: string; kind?: string; framesPerSecond?: number }) => {
            if (stat.type === 'inbound-rtp' && stat.kind === 'video') found.push(stat.framesPerSecond ?? 0);
          },
        );
      }
      return found;
    });
  await until(
    async () => {
      const found = await pace();
      const rests = found.length === count && found.every((perSec) => perSec >= 4);
      return rests ? null : `${found.join()} pictures a second`;
    },
    { timeoutMs: 15_000, everyMs: 250 },
  );
}

/** How each connection that a page ever began stands, for whoever reads why faces are missing. */
function statesOf(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    const { connections = [] } = globalThis as typeof globalThis & { connections?: RTCPeerConnection[] };
    return connections.map(({ connectionState }) => connectionState).join();
  });
}

/** Waits until so many other faces show pictures that are not black and change. */
export async function seeMoving(frame: Frame, count: number, timeoutMs = 15_000): Promise<void> {
  const seen = new Map<number, Set<number>>();
  await until(
    async () => {
      const pictures = await picturesOf(frame);
      pictures.forEach((sum, at) => sum > 0 && seen.set(at, (seen.get(at) ?? new Set()).add(sum)));
      const moving = [...seen.values()].filter((sums) => sums.size >= 3).length;
      return pictures.length === count && moving === count
        ? null
        : `${moving} of ${count} faces move, ${pictures.length} are there, connections are ${await statesOf(frame)}`;
    },
    { timeoutMs },
  );
}
