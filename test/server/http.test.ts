import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { withCertificate } from '../../src/protocol/index.ts';
import type { Config } from '../../src/server/config.ts';
import { startServer, type RunningServer } from '../../src/server/start-server.ts';
import type { Log } from '../../src/server/ports.ts';
import { startPathProxy, type PathProxy } from '../support/path-proxy.ts';
import { ALL_CAPS, BareClient, joinPayload, state } from './support.ts';

let running: RunningServer | undefined;
let proxy: PathProxy | undefined;
afterEach(async () => {
  await proxy?.close();
  await running?.close();
});

async function start(config: Partial<Config> = {}, log?: Log) {
  running = await startServer({ port: 0, ...config }, log && { log });
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
    });
  });

  it('[HTTP-2] [HTTP-3] the invite page says who is there and what is on, everything escaped', async () => {
    const { url, get } = await start({ installUrl: 'https://example.org/"><script>' });
    const roomId = '<script>alert("room")</script>';
    const ada = await BareClient.open(url);
    const client = { userId: 'ada', displayName: '<img src=x onerror=alert(1)>' };
    await ada.ask('room/join', { roomId, client });
    const meta = { title: '</bdi><script>1</script>' };
    await ada.ask('watch/set_content', { roomId, contentId: 'https://www.example.org/w', meta });
    await ada.ask('watch/playback_state', { ...state(), roomId });
    const path = encodeURIComponent(roomId);
    const page = await (await get(`/join/${path}`)).text();
    expect(page).toContain('&lt;script&gt;alert(&quot;room&quot;)&lt;/script&gt;');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('&lt;/bdi&gt;&lt;script&gt;1');
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
    ['/join/..%2f', 200],
    ['/api/rooms/x%23k=q83vEjRWeJASNFZ4kBI0Vg', 400],
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

  it('[HTTP-4] a request to become HTTP/2 is answered as if it had not asked', async () => {
    const { url } = await start();
    const { hostname, port } = new URL(url);
    const ask = (upgrade: string) => {
      const socket = connect(Number(port), hostname);
      const headers = ['Host: x', 'Connection: Upgrade, HTTP2-Settings, close', `Upgrade: ${upgrade}`];
      socket.write(`GET /healthz HTTP/1.1\r\n${headers.join('\r\n')}\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`);
      return text(socket);
    };
    for (const upgrade of ['h2c', 'TLS/1.2, HTTP/1.1']) {
      const answer = await ask(upgrade);
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(answer).toMatch(/^content-security-policy: default-src 'none'/im);
      expect(answer).toContain('"status":"ok"');
    }
  });
});

describe('a changed invite', () => {
  const KEY = 'q83vEjRWeJASNFZ4kBI0Vg';

  it.each([
    ['/join/film%20night%23k=<key>', '/join/film%20night'],
    ['/join/film%23k%3D<key>', '/join/film'],
    ['/join/film%2523k%253D<key>', '/join/film'],
    ['/join/film/%23k=<key>', '/join/film'],
    ['/join/film/?k=<key>', '/join/film'],
    ['/join/film?fbclid=x%23k=<key>).', '/join/film'],
    ['/JOIN/film?k=<key>&utm_source=x', '/join/film'],
    ['/party/join/film%23k=<key>', '/party/join/film'],
  ])('[LINK-3] GET %s leads to %s with the key behind the #, and keeps it to itself', async (from, to) => {
    const lines: string[] = [];
    const line = (fields: unknown, message: string) => void lines.push(JSON.stringify(fields) + message);
    const { url, get } = await start({}, { debug: line, info: line, warn: line, error: line });
    const response = await get(from.replace('<key>', KEY), { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(new URL(response.headers.get('location') ?? '', response.url).href).toBe(`${url}${to}#k=${KEY}`);
    expect(await response.text()).not.toContain(KEY.slice(0, 8));
    expect(lines.join()).not.toContain(KEY.slice(0, 8));
  });

  it('[LINK-3] what is left of a key, and one that the name does not vouch for, is said to be changed', async () => {
    const { get } = await start();
    const roomId = withCertificate('film', createHash('sha256').update(KEY).digest());
    const other = `${KEY.slice(0, -1)}A`;
    expect((await get(`/join/${roomId}?k=${KEY}`, { redirect: 'manual' })).status).toBe(303);
    for (const end of [
      'film%23k=q83vEjRW',
      `${roomId}%23k=${other}`,
      `%2e%2e%23k=${KEY}`,
      `%00%23k=${KEY}`,
    ]) {
      const response = await get(`/join/${end}`, { redirect: 'manual' });
      expect(response.status).toBe(400);
      const page = await response.text();
      expect(page).toContain('This link was changed on its way; ask for it again.');
      expect(page).not.toMatch(/q83vEjRW|k=/);
    }
  });

  it('[KEY-6] a page is headed by the name without its certificate, and asks with all of it', async () => {
    const { get } = await start();
    const roomId = withCertificate('film night', createHash('sha256').update(KEY).digest());
    const page = await (await get(`/join/${encodeURIComponent(roomId)}`)).text();
    expect(page).toContain('<h1>film night</h1>');
    expect(page).toContain('<title>Join film night · StreamSync</title>');
    expect(page).toContain(`data-live="../api/rooms/${encodeURIComponent(roomId)}"`);
  });
});

describe('what members wrote', () => {
  it('[HTTP-3] is shown as it can be seen, people of equal names apart', async () => {
    const { url, get } = await start();
    const all = { caps: ALL_CAPS };
    const named = (userId: string, displayName: string) => ({ ...all, client: { userId, displayName } });
    const ada = await BareClient.joined(url, 'ada', named('ada', 'Ana'));
    await BareClient.joined(url, 'eve', named('eve', 'A\u200bna'));
    await BareClient.joined(url, 'eva', named('eva', '\u0410na'));
    const meta = { title: ' \u202eThe\u200b  film\u0007 ', url: `https://${'a.'.repeat(150)}example/x` };
    await ada.ask('watch/set_content', { roomId: joinPayload('x').roomId, contentId: 'film', meta });
    const members = ['Ana', 'Ana (2)', '\u0410na (3)'];
    expect(await (await get('/api/rooms/amber-otter')).json()).toMatchObject({
      members,
      content: { title: 'The film' },
    });
    const page = await (await get('/join/amber-otter')).text();
    for (const name of members) expect(page).toContain(`<bdi>${name}</bdi></li>`);
  });
});

describe('behind a proxy that serves it below a path', () => {
  it.each([
    ['strips', true],
    ['keeps', false],
  ])('[HTTP-6] all is there, whether it strips the path or not: it %s it', async (_what, strips) => {
    const { url } = await start();
    proxy = await startPathProxy(url, '/party', strips);
    const { base } = proxy;
    await BareClient.joined(base, 'ada');
    const get = async (path: string) => {
      const response = await fetch(new URL(path, `${base}/`));
      return { status: response.status, text: await response.text(), url: response.url };
    };
    expect((await get('')).text).toContain('This is a StreamSync server');
    expect(JSON.parse((await get('healthz')).text)).toMatchObject({ connections: 1 });
    for (const path of ['', 'join/amber-otter', 'join/amber-otter/', 'nowhere', 'join/%00']) {
      const page = await get(path);
      const links = [...page.text.matchAll(/(?:src|href|data-live)="([^"#]+)"/g)].map(
        ([, link]) => link ?? '',
      );
      expect(links.length).toBeGreaterThan(2);
      for (const link of links) expect((await get(new URL(link, page.url).href)).status).toBe(200);
    }
    expect((await get('join/amber-otter')).text).toContain('ADA');
    const right = await fetch(`${base}/join/amber-otter?k=q83vEjRWeJASNFZ4kBI0Vg`, { redirect: 'manual' });
    const led = new URL(right.headers.get('location') ?? '', right.url);
    expect(led.href).toBe(`${base}/join/amber-otter#k=q83vEjRWeJASNFZ4kBI0Vg`);
  });
});
