import { useEffect, useState } from 'preact/hooks';
import type { SiteAccess } from '../host/site-access.ts';

/** The sites the extension may run on, each to be taken back. */
export function Sites({ access }: { access: SiteAccess }) {
  const [patterns, setPatterns] = useState<string[]>();
  const [said, setSaid] = useState('');
  useEffect(() => {
    const list = () => void access.list().then(setPatterns);
    list();
    return access.onChange(list);
  }, [access]);
  const remove = async (pattern: string) => {
    // What the browser's policy or the build itself grants cannot be taken back: the promise is refused.
    const done = await access.remove(pattern).catch(() => false);
    const site = siteWords(pattern);
    setSaid(
      done ? `${site} was removed.` : `Your browser keeps ${site}. It can be removed in its own settings.`,
    );
    setPatterns(await access.list());
  };
  return (
    <>
      {patterns?.length === 0 && (
        <p class="fine">None yet. StreamSync asks for a site when you first watch together there.</p>
      )}
      {patterns !== undefined && patterns.length > 0 && (
        <ul class="sites">
          {patterns.map((pattern) => (
            <li key={pattern}>
              <span>{siteWords(pattern)}</span>
              <button type="button" class="small quiet" onClick={() => void remove(pattern)}>
                Remove<span class="visually-hidden"> {siteWords(pattern)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" class="fine">
        {said}
      </p>
    </>
  );
}

/** `https://www.example.org/*` as `www.example.org`; unencrypted sites keep their scheme, being another grant. */
function siteWords(pattern: string): string {
  if (pattern === '<all_urls>' || pattern === '*://*/*') return 'all sites';
  const words = pattern.replace(/^(https|\*):\/\//, '').replace(/\/\*?$/, '');
  return words === '*' ? 'all encrypted sites' : words;
}
