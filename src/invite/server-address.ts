/** A server address as the rest of the program uses it, or what the person should do about what they typed. */
export type ServerAddress = { ok: true; url: string } | { ok: false; advice: string };

const MAX_CHARS = 2000;
const SOCKET_SCHEMES: Record<string, string> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
};

const refuse = (advice: string): ServerAddress => ({ ok: false, advice });

/**
 * Reads what a person types as the server: a bare host, a host and port, or an http(s) or ws(s) address.
 * A bare host is taken to be encrypted, unless it is this machine, where certificates are rare.
 */
export function readServerAddress(typed: string): ServerAddress {
  const text = typed.trim();
  if (text === '') return refuse('Type the address of a server, like party.example.org.');
  if (text.length > MAX_CHARS)
    return refuse('This address is too long. Type only the server, like party.example.org.');
  const url = parse(text);
  if (!url) return refuse('This is not an address. Type a server like party.example.org or localhost:8787.');
  const scheme = SOCKET_SCHEMES[url.protocol];
  if (!scheme) {
    return refuse(
      `StreamSync cannot use ${url.protocol}// addresses. Start it with wss:// or leave that part out.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('Leave the user name and password out of the address.');
  }
  if (url.search !== '') return refuse('Leave out the part of the address from the question mark on.');
  return { ok: true, url: socketUrl(url, scheme) };
}

/** Whether the address points to the machine the browser runs on, where nobody else can reach it by that name. */
export function isThisMachine(serverUrl: string): boolean {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : '';
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}

/** Whether what is said on the way to this server can be read by others on the network. */
export function isExposed(serverUrl: string): boolean {
  return URL.canParse(serverUrl) && new URL(serverUrl).protocol === 'ws:' && !isThisMachine(serverUrl);
}

/** One spelling per server: no trailing slash, no fragment, the scheme's own port left out. */
export function socketUrl(url: URL, scheme: string): string {
  // `http` and `ws` share their default ports, so `host` needs no care when the scheme changes between them.
  return `${scheme}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

function parse(text: string): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.canParse(text) ? new URL(text) : null;
  if (!URL.canParse(`wss://${text}`)) return null;
  const secure = new URL(`wss://${text}`);
  return isThisMachine(secure.href) ? new URL(`ws://${text}`) : secure;
}
