import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../src/server/config.ts';
import { BareClient, joinPayload } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(NODE, [MAIN, ...args], { env: { PATH: process.env.PATH, ...env } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()));
  const exited = once(child, 'close') as Promise<[number | null, string | null]>;
  const url = async () => {
    while (!said.out.includes('\n')) await Promise.race([once(child.stdout, 'data'), exited]);
    return /http:\/\/[\d.]+:\d+/.exec(said.out)?.[0] ?? '';
  };
  return { child, said, exited, url };
}

describe('the command', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '[HTTP-5] %s says goodbye and exits 0 within 2 s, even with a client that never answers',
    async (signal) => {
      const { child, said, exited, url } = run(['--port', '0']);
      const address = await url();
      expect(said.out).toBe(`StreamSync server on ${address} (health: /healthz)\n`);
      const ada = await BareClient.open(address);
      const deaf = await BareClient.open(address);
      await ada.ask('room/join', joinPayload('private-user', { roomId: 'private-room' }));
      await ada.ask('chat/send', { roomId: 'private-room', text: 'private-text' });
      deaf.socket.pause();
      const sentAtMs = performance.now();
      child.kill(signal);
      expect(await ada.closed()).toMatchObject({ code: 1001 });
      expect(await exited).toEqual([0, null]);
      expect(performance.now() - sentAtMs).toBeLessThan(2000);
      expect(said.err).not.toContain('private');
      for (const line of said.err.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
      deaf.socket.terminate();
    },
    15_000,
  );

  it('An uncaught error ends the process in order, and is logged without its message.', async () => {
    const failing = 'process.on("SIGUSR2", () => { throw new Error(process.env.WORDS); })';
    const { child, said, exited, url } = run(['--port', '0'], {
      WORDS: 'private-words',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(failing)}`,
    });
    const ada = await BareClient.open(await url());
    child.kill('SIGUSR2');
    expect(await ada.closed()).toMatchObject({ code: 1001 });
    expect(await exited).toEqual([1, null]);
    expect(said.err).toContain('nothing caught');
    expect(said.err).not.toContain('private-words');
  }, 15_000);

  it('A port in use is reported in one sentence, with code 2.', async () => {
    const first = run(['--port', '0']);
    const { port } = new URL(await first.url());
    const second = run(['--port', port]);
    expect(await second.exited).toEqual([2, null]);
    expect(second.said).toEqual({
      out: '',
      err: `Port ${port} is taken: stop what uses it or choose another with --port.\n`,
    });
    first.child.kill();
    await first.exited;
  }, 15_000);

  it('A bad value is reported in one sentence, with code 2.', async () => {
    const { exited, said } = run(['--port', 'abc']);
    expect(await exited).toEqual([2, null]);
    expect(said.err).toMatch(/^Set --port to a valid value .*see --help\.\n$/);
  });
});

describe('settings', () => {
  it('A flag wins over a variable, and a variable over the default.', () => {
    const command = readCommand(['--port', '1'], { STREAMSYNC_PORT: '2', STREAMSYNC_GRACE_MS: '3' });
    expect(command).toMatchObject({ run: { port: 1, graceMs: 3, roomGraceMs: 60_000, trustProxy: false } });
  });

  it('Origins are a list.', () => {
    const command = readCommand(['--allow-origins', 'https://a.example, https://b.example'], {});
    expect(command).toMatchObject({ run: { allowOrigins: ['https://a.example', 'https://b.example'] } });
  });

  it('Servers for calls are lists, and TURN takes the secret of coturn.', () => {
    const command = readCommand(['--turn-urls', 'turn:a.example:3478,turns:a.example?transport=tcp'], {
      STREAMSYNC_STUN_URLS: 'stun:a.example',
      STREAMSYNC_TURN_SECRET: 'shared',
    });
    expect(command).toMatchObject({
      run: {
        stunUrls: ['stun:a.example'],
        turnUrls: ['turn:a.example:3478', 'turns:a.example?transport=tcp'],
        turnSecret: 'shared',
        turnTtlSec: 21_600,
      },
    });
  });

  it('The help names every flag.', () => {
    const command = readCommand(['--help'], {});
    expect('help' in command && command.help).toMatch(/--port .*8787[^]*--room-grace-ms .*60000/);
  });

  it.each([
    [['--port', '65536'], {}, '--port'],
    [['--nonsense'], {}, '--nonsense'],
    [['stray'], {}, 'stray'],
    [[], { STREAMSYNC_LOG_LEVEL: 'loud' }, 'STREAMSYNC_LOG_LEVEL'],
    [['--trust-proxy', 'maybe'], {}, '--trust-proxy'],
    [['--install-url', 'javascript:alert(1)'], {}, '--install-url'],
    [['--turn-urls', 'turn.example.org'], {}, '--turn-urls'],
    [['--stun-urls', 'turn:turn.example.org'], {}, '--stun-urls'],
    [['--turn-urls', 'turn:turn.example.org'], {}, 'STREAMSYNC_TURN_SECRET'],
    [[], { STREAMSYNC_TURN_TTL_SEC: '1' }, 'STREAMSYNC_TURN_TTL_SEC'],
  ])('The problem of %j with %j names the setting to change.', (args, env, named) => {
    const command = readCommand(args, env);
    expect('problem' in command && command.problem).toContain(named);
  });
});
