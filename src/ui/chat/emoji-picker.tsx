import { useEffect, useRef, useState } from 'preact/hooks';
import { findEmoji, loadEmoji, type Emoji, type EmojiGroup } from './emoji-list.ts';

const ACROSS = 8;
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: ACROSS,
  ArrowUp: -ACROSS,
};

/** Finds an emoji by words or by group. Escape closes it. */
export function EmojiPicker(props: { onPick: (emoji: string) => void; onClose: () => void }) {
  const [groups, setGroups] = useState<EmojiGroup[]>([]);
  const [group, setGroup] = useState(0);
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void loadEmoji().then(setGroups);
    field.current?.focus();
  }, []);
  useEffect(() => {
    const gone = new AbortController();
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // The overlay would give the keys back to the site.
      event.preventDefault();
      event.stopPropagation();
      props.onClose();
    };
    box.current?.addEventListener('keydown', escaped, { signal: gone.signal });
    return () => gone.abort();
  });

  const searching = typed.trim() !== '';
  const shown = searching ? findEmoji(groups, typed) : (groups[group]?.emoji ?? []);
  return (
    <div ref={box} class="emoji-picker" role="dialog" aria-label="Emoji">
      <input
        ref={field}
        type="search"
        aria-label="Search emoji"
        placeholder="Search"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {!searching && (
        <div class="emoji-groups" role="group" aria-label="Groups">
          {groups.map(({ name, sign }, at) => (
            <button
              key={name}
              type="button"
              class="emoji"
              aria-pressed={at === group}
              onClick={() => setGroup(at)}
            >
              <span aria-hidden="true">{sign}</span>
              <span class="visually-hidden">{name}</span>
            </button>
          ))}
        </div>
      )}
      <EmojiGrid key={searching ? typed : group} emoji={shown} onPick={props.onPick} />
      <p class="visually-hidden" role="status">
        {searching && (shown.length === 0 ? 'None found' : `${shown.length} found`)}
      </p>
    </div>
  );
}

/** One stop for Tab; the arrow keys go on from there. */
function EmojiGrid({ emoji, onPick }: { emoji: Emoji[]; onPick: (emoji: string) => void }) {
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(emoji.length - 1, at + step));
    setAt(next);
    grid.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={grid} class="emoji-grid" role="group" aria-label="Emoji" dir="ltr">
      {emoji.map(({ emoji: sign, label }, index) => (
        <button
          key={sign}
          type="button"
          class="emoji"
          title={label}
          tabIndex={index === at ? 0 : -1}
          onKeyDown={onKeyDown}
          onClick={() => onPick(sign)}
        >
          <span aria-hidden="true">{sign}</span>
          <span class="visually-hidden">{label}</span>
        </button>
      ))}
    </div>
  );
}
