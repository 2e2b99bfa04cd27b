import { useState } from 'preact/hooks';
import type { Command } from '../../messaging/commands.ts';
import type { PartyView } from '../../messaging/view.ts';
import { Notice } from '../components/basics.tsx';
import { goToContent } from './go-to-content.ts';
import { OffsetField } from './offset-field.tsx';

/** What there is to decide when somebody's film is another than the party's: another one, or another cut of it. */
export function Follow({ party, run }: { party: PartyView; run: (command: Command) => unknown }) {
  const { takeAlong, cutSec, offsetMs } = party;
  const [fine, setFine] = useState<string | null>(null);
  const there = goToContent(party);
  const cut = cutSec !== null && fine !== party.content?.contentId ? cutSec : null;
  return (
    <>
      {takeAlong && (
        <Notice tone="warn" still>
          <p>
            You went on to{' '}
            {takeAlong.title === '' ? (
              'another film'
            ) : (
              <strong>
                <bdi>{takeAlong.title}</bdi>
              </strong>
            )}
            . The party is still where it was.
          </p>
          <button type="button" class="small" onClick={() => run({ type: 'take_along' })}>
            Take everyone along
          </button>
          {there && (
            <button type="button" class="small quiet" onClick={() => run(there.command)}>
              Back to the party on {there.host}
            </button>
          )}
        </Notice>
      )}
      {cut !== null && (
        <Notice tone="warn" still>
          <p>
            You are watching a different cut: yours is {cutWords(cut)}. If the scenes do not match, shift your
            player.
          </p>
          <OffsetField
            id="cut-offset"
            offsetMs={offsetMs}
            onChange={(next) => run({ type: 'set_offset', offsetMs: next })}
          />
          <button type="button" class="small quiet" onClick={() => setFine(party.content?.contentId ?? null)}>
            It matches
          </button>
        </Notice>
      )}
    </>
  );
}

/** "2 min 14 s longer". */
export function cutWords(cutSec: number): string {
  const whole = Math.round(Math.abs(cutSec));
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
  const parts = [minutes > 0 && `${minutes} min`, (seconds > 0 || minutes === 0) && `${seconds} s`];
  return `${parts.filter(Boolean).join(' ')} ${cutSec > 0 ? 'longer' : 'shorter'}`;
}
