import type { ProblemCode } from '../../messaging/view.ts';

/** What a button beside a problem does. */
export type ProblemAction =
  'reconnect_now' | 'open_options' | 'leave' | 'use_tab' | 'allow_site' | 'go_to_content';

export interface Problem {
  /** What is wrong, then what to do: plain and short. */
  text: string;
  /** The same, once it has ended the party: nothing is being tried any more. */
  ended?: string;
  action?: { does: ProblemAction; label: string };
}

/** Each problem in words. */
export const PROBLEMS: Record<ProblemCode, Problem> = {
  server_unreachable: {
    text: 'The server does not answer. StreamSync keeps trying; check your network and the server’s address.',
    ended: 'The server did not answer. Check your network and the server’s address, then try again.',
    action: { does: 'reconnect_now', label: 'Try now' },
  },
  server_full: {
    text: 'The party or its server is full. Try again when somebody has left.',
    action: { does: 'reconnect_now', label: 'Try again' },
  },
  server_refused: {
    text: 'The server does not speak StreamSync’s language. Check its address, or ask whoever runs it to update it.',
    action: { does: 'open_options', label: 'Check the server' },
  },
  replaced_elsewhere: {
    text: 'You joined from another window or device, so this one stepped aside.',
    ended: 'You joined from another window or device, so this one left the party.',
    action: { does: 'reconnect_now', label: 'Use this one' },
  },
  room_refused: {
    text: 'The server did not let you into this party. Ask for a fresh invite link.',
    action: { does: 'leave', label: 'Leave' },
  },
  key_refused: {
    text: 'This link is incomplete: ask for the whole invite link.',
  },
  room_taken: {
    text: 'Somebody without your link has made a party of this name, so StreamSync told it nothing and left. Start a new party, and send your friends its link.',
    action: { does: 'leave', label: 'Leave' },
  },
  room_locked: {
    text: 'The party is locked: nobody new gets in. Ask the host to unlock it.',
    action: { does: 'reconnect_now', label: 'Try again' },
  },
  removed: {
    text: 'The host removed you from this party.',
  },
  not_allowed: {
    text: 'Only the host controls playback right now, so your player follows the party.',
  },
  tab_gone: {
    text: 'The tab you watched in was closed. You can still chat.',
    action: { does: 'use_tab', label: 'Watch in this tab' },
  },
  site_not_permitted: {
    text: 'StreamSync may not run on this site yet, so it cannot keep you in sync.',
    action: { does: 'allow_site', label: 'Allow this site' },
  },
  no_video: {
    text: 'There is no video in your tab yet. Open the film, and StreamSync will pick it up.',
  },
  other_content: {
    text: 'The party is watching something else than your tab.',
    action: { does: 'go_to_content', label: 'Come along' },
  },
  autoplay_blocked: {
    text: 'Your browser stopped the video from starting on its own. Press play in the player once.',
  },
  sound_blocked: {
    text: 'Your browser keeps the film silent until you click its page once.',
  },
  site_resists: {
    text: 'This site keeps changing the playback. Reload the page; if that does not help, pause your ad blocker there.',
  },
  still_watching: {
    text: 'The site asks whether you are still watching. Answer it in the player, and you rejoin the party.',
  },
  site_error: {
    text: 'The site’s player reports an error. Reload the page; you rejoin the party by yourself.',
  },
  site_changed: {
    text: 'StreamSync does not understand this site’s player, so it leaves it alone. Reload the page; if that does not help, look for an update of StreamSync.',
  },
  not_together: {
    text: 'This cannot be watched together: a Short, or a live stream on a site that does not tell how far behind it is. Open a film’s own page.',
  },
};
