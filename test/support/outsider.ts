import { chromium, type Page } from 'playwright';
import { BareClient } from '../server/support.ts';
import { chromiumPath } from './chromium.ts';

/** What came to somebody who called by a program of their own. */
export interface Got {
  state: string;
  answers: number;
  candidates: number;
  packets: number;
  pictures: number;
}

type WithConnection = typeof globalThis & {
  outsider: { pc: RTCPeerConnection; got: Got };
  say: (type: string, data: unknown) => void;
};

/** A member of the room with a program of its own: a socket, and a peer connection that wants to see and sends nothing. */
export class Outsider {
  readonly client: BareClient;
  readonly #room: string;
  readonly #page: Page;
  readonly #to: string;

  private constructor(client: BareClient, page: Page, room: string, to: string) {
    this.client = client;
    this.#page = page;
    this.#room = room;
    this.#to = to;
  }

  /**
   * @param name Its `userId` as well.
   * @param to Whom it calls.
   * @param caps None, as a plain v1 client, if not given.
   */
  static async join(
    page: Page,
    { port, room, name, to, caps }: { port: number; room: string; name: string; to: string; caps?: string[] },
  ): Promise<Outsider> {
    const client = await BareClient.open(`ws://127.0.0.1:${port}`);
    const outsider = new Outsider(client, page, room, to);
    await page.exposeFunction('say', (type: string, data: unknown) => outsider.say(type, data));
    client.socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as {
        type: string;
        payload: { sdp?: unknown; candidate?: unknown };
      };
      // The page may be gone by then; that is the end of the test.
      if (type === 'webrtc/answer' || type === 'webrtc/ice')
        void page.evaluate(heard, [type, payload.sdp ?? payload.candidate] as const).catch(() => undefined);
    });
    await client.ask('room/join', { roomId: room, client: { userId: name, displayName: name }, caps });
    return outsider;
  }

  say(type: string, data: unknown): void {
    const field = type === 'webrtc/ice' ? 'candidate' : 'sdp';
    this.client.tell(type, { roomId: this.#room, toUserId: this.#to, [field]: data });
  }

  /** Calls by a connection of its own making, in place of any before. */
  call(): Promise<string> {
    return this.#page.evaluate(call);
  }

  got(): Promise<Got> {
    return this.#page.evaluate(gotSoFar);
  }
}

/** A browser for programs of that kind, and a page of it for each. */
export async function startOutsiders(origin: string) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  const open = async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/film`);
    return page;
  };
  return { open, close: () => browser.close() };
}

async function call(): Promise<string> {
  const page = globalThis as WithConnection;
  const before = (page as Partial<WithConnection>).outsider;
  before?.pc.close();
  const pc = new RTCPeerConnection();
  const got = { state: 'new', answers: 0, candidates: 0, packets: 0, pictures: 0 };
  page.outsider = { pc, got };
  for (const kind of ['audio', 'video']) pc.addTransceiver(kind, { direction: 'recvonly' });
  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) page.say('webrtc/ice', candidate.toJSON());
  });
  await pc.setLocalDescription();
  const sdp = pc.localDescription?.sdp ?? '';
  page.say('webrtc/offer', sdp);
  return sdp;
}

async function heard([type, data]: readonly [string, unknown]): Promise<void> {
  const { pc, got } = (globalThis as WithConnection).outsider;
  if (type === 'webrtc/answer') {
    got.answers += 1;
    await pc.setRemoteDescription({ type: 'answer', sdp: (data as { sdp: string }).sdp });
  } else {
    got.candidates += 1;
    await pc.addIceCandidate(data as RTCIceCandidateInit);
  }
}

async function gotSoFar(): Promise<Got> {
  const { pc, got } = (globalThis as WithConnection).outsider;
  const now = { ...got, state: pc.connectionState, packets: 0, pictures: 0 };
  (await pc.getStats()).forEach(
    (stat: { type: string; packetsReceived?: number; framesDecoded?: number }) => {
      if (stat.type !== 'inbound-rtp') return;
      now.packets += stat.packetsReceived ?? 0;
      now.pictures += stat.framesDecoded ?? 0;
    },
  );
  return now;
}
