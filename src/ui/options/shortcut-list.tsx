import { useEffect, useState } from 'preact/hooks';
import type { Shortcut, Shortcuts } from '../host/shortcuts.ts';

/** The keys that work over any page, and the way to change them. */
export function ShortcutList({ shortcuts }: { shortcuts: Shortcuts }) {
  const [all, setAll] = useState<Shortcut[]>([]);
  useEffect(() => {
    const list = () => void shortcuts.list().then(setAll);
    list();
    // They are changed on another page; whoever comes back from there sees what they chose.
    window.addEventListener('focus', list);
    return () => window.removeEventListener('focus', list);
  }, [shortcuts]);
  return (
    <>
      <dl class="shortcuts">
        {all.map(({ name, does, keys }) => (
          <div key={name}>
            <dt>{does}</dt>
            <dd>{keys === '' ? <span class="fine">no key</span> : <kbd>{keys}</kbd>}</dd>
          </div>
        ))}
      </dl>
      <p class="fine">
        They work in any tab. Where it says “no key”, another extension may have taken it first.
      </p>
      <div class="button-row">
        <button type="button" onClick={shortcuts.change}>
          Change the keys
        </button>
      </div>
    </>
  );
}
