import { useState } from 'preact/hooks';
import { SmileIcon } from '../components/icons.tsx';
import { EmojiPicker } from './emoji-picker.tsx';

const QUICK: readonly [emoji: string, label: string][] = [
  ['😂', 'Laughing'],
  ['❤️', 'Heart'],
  ['👍', 'Thumbs up'],
  ['😮', 'Astonished'],
  ['😢', 'Crying'],
  ['🔥', 'Fire'],
];

/** The usual emoji as a row of buttons, and the way to all others. */
export function QuickReactions(props: { label: string; onPick: (emoji: string) => void }) {
  const [more, setMore] = useState(false);
  return (
    <div class="quick-reactions" role="group" aria-label={props.label}>
      {QUICK.map(([emoji, label]) => (
        <button key={emoji} type="button" class="emoji" title={label} onClick={() => props.onPick(emoji)}>
          <span aria-hidden="true">{emoji}</span>
          <span class="visually-hidden">{label}</span>
        </button>
      ))}
      <button type="button" class="emoji" aria-expanded={more} onClick={() => setMore(!more)}>
        <SmileIcon />
        <span class="visually-hidden">More emoji</span>
      </button>
      {more && (
        <EmojiPicker
          onClose={() => setMore(false)}
          onPick={(emoji) => {
            setMore(false);
            props.onPick(emoji);
          }}
        />
      )}
    </div>
  );
}
