import type { ChromiumMember } from './chromium.ts';

/** Names of the worlds that scripts of extensions have in the page (content scripts run in one of their own). */
export async function worldsOfOurs({ context, page, extensionUrl }: ChromiumMember): Promise<string[]> {
  const cdp = await context.newCDPSession(page);
  const found: string[] = [];
  cdp.on('Runtime.executionContextCreated', ({ context: world }) => {
    if (`${world.origin}/` === extensionUrl('/')) found.push(world.name);
  });
  // Tells of those that are there already, before it answers.
  await cdp.send('Runtime.enable');
  await cdp.detach();
  return found;
}
