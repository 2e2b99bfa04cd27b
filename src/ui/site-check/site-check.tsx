import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SiteCheck } from '../../messaging/site-check.ts';
import type { PageHost } from '../host/page-host.ts';
import { Notice } from '../components/basics.tsx';
import { reportText, siteReport, type CheckLine } from './report.ts';

/** Tells a person whether the site in a tab works, and gives them words for a bug report. */
export function SiteCheckCard(props: { host: PageHost; tabId: number; mayTry: boolean }) {
  const { host, tabId, mayTry } = props;
  const [found, setFound] = useState<SiteCheck | 'looking' | null>(null);
  const [error, setError] = useState<string | null>(null);
  const check = async (tries: boolean) => {
    setError(null);
    setFound('looking');
    const reply = await host.link.ask({ type: 'check_site', tabId, tries });
    setFound(reply.ok ? (reply.siteCheck ?? null) : null);
    if (!reply.ok) setError(reply.message);
  };
  return (
    <details class="card fold" onToggle={(event) => event.currentTarget.open && void check(false)}>
      <summary>Does this site work?</summary>
      {error !== null && <Notice>{error}</Notice>}
      <div aria-live="polite">
        {found === 'looking' && <p class="fine">Looking for a few seconds…</p>}
        {found !== null && found !== 'looking' && (
          <Found check={found} host={host}>
            <button type="button" class="small" onClick={() => void check(false)}>
              Check again
            </button>
            {mayTry && found.frames.some(({ film }) => film !== null) && (
              <button type="button" class="small" onClick={() => void check(true)}>
                Try the player
              </button>
            )}
          </Found>
        )}
      </div>
      {mayTry && found !== null && found !== 'looking' && found.tried === null && (
        <p class="fine">To try it pauses the film, jumps 5 s and back, and changes its speed for a moment.</p>
      )}
    </details>
  );
}

function Found(props: { check: SiteCheck; host: PageHost; children: ComponentChildren }) {
  const { check, host, children } = props;
  const [copied, setCopied] = useState<boolean | null>(null);
  const { verdict, lines } = siteReport(check);
  const text = reportText(check, host.about);
  const copy = async () => setCopied(await host.copy(text));
  return (
    <>
      <Line line={verdict} as="p" />
      <ul class="check-lines">
        {lines.map((line) => (
          <Line key={line.text} line={line} as="li" />
        ))}
      </ul>
      <div class="site-check-acts">
        {children}
        <button type="button" class="small quiet" onClick={() => void copy()}>
          Copy for a bug report
        </button>
      </div>
      <span class="fine" role="status">
        {copied === true && 'Copied: what is above, with the versions of StreamSync and browser.'}
      </span>
      {copied === false && <textarea class="check-text" readOnly rows={6} aria-label="Report" value={text} />}
    </>
  );
}

const SAYS = { good: 'Works: ', bad: 'Does not work: ', plain: '' };
const MARK = { good: '✓', bad: '✕', plain: '·' };

function Line({ line, as: Tag }: { line: CheckLine; as: 'p' | 'li' }) {
  return (
    <Tag class={`check-line ${line.tone}`}>
      <span aria-hidden="true" class="check-mark">
        {MARK[line.tone]}
      </span>
      <span>
        <span class="visually-hidden">{SAYS[line.tone]}</span>
        {line.text}
      </span>
    </Tag>
  );
}
