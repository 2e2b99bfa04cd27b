import type { ComponentChildren } from 'preact';
import type { PartyView } from '../../messaging/view.ts';
import { PauseIcon, PlayIcon } from '../components/icons.tsx';
import { siteName } from '../host/site-access.ts';
import { playbackWords } from '../text/words.ts';

/** What the party watches and whether it runs. */
export function NowPlaying({ party, children }: { party: PartyView; children?: ComponentChildren }) {
  const { content, playback } = party;
  const site = siteName(content?.url);
  return (
    <section class="card now" aria-label="What is on">
      <span class={`now-icon ${playback?.playing ? 'on' : ''}`}>
        {playback?.playing ? <PlayIcon /> : <PauseIcon />}
      </span>
      <div class="now-text">
        <p class="now-title" dir="auto">
          {content ? (content.title ?? site ?? content.contentId) : 'Nothing is on yet'}
        </p>
        <p class="fine">
          {content
            ? [playbackWords(playback), content.title === undefined ? null : site].filter(Boolean).join(' · ')
            : 'Open a film in your tab, and the party watches it.'}
        </p>
      </div>
      {children}
    </section>
  );
}
