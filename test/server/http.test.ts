import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/server/config.ts';
import { startServer, type RunningServer } from '../../src/server/start-server.ts';
import { BareClient, joinPayload, state } from './support.ts';

let running: RunningServer | undefined;
afterEach(() => running?.close());

async function start(config: Partial<Config> = {}) {
  running = await startServer({ port: 0, ...config });
  const { url } = running;
  return { url, get: (path: string, init: RequestInit = {}) => fetch(url + path, init) };
}

describe('http', () => {
  it('[HTTP-1] tells its health', async () => {
    const { url, get } = await start();
    await BareClient.joined(url, 'ada');
    const response = await get('/healthz');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      status: 'ok',
      rooms: 1,
      members: 1,
      connections: 1,
      uptimeSec: 0,
    });
  });

  it('[HTTP-2] [HTTP-3] the invite page says who is there and what is on, everything escaped', async () => {
    const { url, get } = await start({ installUrl: 'https://example.org/"><script>' });
    const roomId = '<script>alert("room")</script>';
    const ada = await BareClient.open(url);
    const client = { userId: 'ada', displayName: '<img src=x onerror=alert(1)>' };
    await ada.ask('room/join', { roomId, client });
    const meta = { title: '</span><script>1</script>' };
    await ada.ask('watch/set_content', { roomId, contentId: 'https://www.example.org/w', meta });
    await ada.ask('watch/playback_state', { ...state(), roomId });
    const path = encodeURIComponent(roomId);
    const page = await (await get(`/join/${path}`)).text();
    expect(page).toContain('&lt;script&gt;alert(&quot;room&quot;)&lt;/script&gt;');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('&lt;/span&gt;&lt;script&gt;1');
    expect(page).toContain('example.org');
    expect(page).toContain('· playing');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('<img src=x');
    expect(await (await get(`/api/rooms/${path}`)).json()).toEqual({
      exists: true,
      keyed: false,
      members: [client.displayName],
      content: { title: meta.title, site: 'example.org', origin: 'https://www.example.org' },
      playing: true,
    });
  });

  it('[HTTP-2] a room nobody is in yet has a page too, which does not make it', async () => {
    const { get } = await start();
    const response = await get('/join/not-yet/');
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('Nobody is here yet');
    expect(page).toContain('href="../../assets/landing.css"');
    expect(await (await get('/api/rooms/not-yet')).json()).toEqual({
      exists: false,
      keyed: false,
      members: [],
      content: null,
      playing: false,
    });
    expect(await (await get('/healthz')).json()).toMatchObject({ rooms: 0 });
  });

  it('[HTTP-3] content that is no address is shown as no site', async () => {
    const { url, get } = await start();
    const ada = await BareClient.joined(url, 'ada');
    for (const contentId of ['netflix:80100172', 'https://', 'javascript:alert(1)']) {
      await ada.ask('watch/set_content', { roomId: joinPayload('x').roomId, contentId, meta: { title: 7 } });
      expect(await (await get('/api/rooms/amber-otter')).json()).toMatchObject({ content: {} });
    }
  });

  it.each([
    ['/join/%zz', 400],
    ['/join/%00', 400],
    ['/join/%20', 400],
    [`/join/${'a'.repeat(129)}`, 400],
    ['/join/', 400],
    ['/api/rooms/%E0%A4%A', 400],
    ['/join/a/b', 404],
    ['/assets/../main.ts', 404],
    ['/assets/%2e%2e%2fmain.ts', 404],
    ['/assets/constructor', 404],
    ['/nowhere', 404],
    ['/', 200],
    ['/?x#y', 200],
    ['/assets/landing.css', 200],
    ['/assets/landing.js', 200],
    ['/assets/icon.svg', 200],
  ])('[HTTP-4] GET %s is %i, with the security headers', async (path, status) => {
    const { get } = await start();
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('[HTTP-4] only GET and HEAD', async () => {
    const { get } = await start();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await get('/', { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
    const head = await get('/', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('[HTTP-3] an address that asks too much waits, others do not', async () => {
    const { get } = await start({ trustProxy: true });
    const ask = (ip: string) => get('/api/rooms/x', { headers: { 'x-forwarded-for': `9.9.9.9, ${ip}` } });
    const answers = await Promise.all(Array.from({ length: 90 }, () => ask('1.1.1.1')));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect((await ask('2.2.2.2')).status).toBe(200);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('[HTTP-3] a page of another site learns nothing', async () => {
    const { get } = await start();
    expect((await get('/api/rooms/x', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
});
