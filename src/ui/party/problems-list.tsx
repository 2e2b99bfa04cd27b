import type { PartyView } from '../../messaging/view.ts';
import { Notice } from '../components/basics.tsx';
import { PROBLEMS } from '../text/problems.ts';
import { goToContent } from './go-to-content.ts';
import type { Actions } from './use-actions.ts';

/** Everything that is wrong right now, each with what can be done about it. */
export function ProblemsList(props: { party: PartyView; actions: Actions }) {
  const there = goToContent(props.party);
  return (
    <>
      {props.party.problems.map((code) => {
        const { text, action } = PROBLEMS[code];
        // While an attempt is awaited, the header has its own way to hurry it.
        const offered =
          action?.does === 'reconnect_now' && props.party.connection === 'waiting' ? null : action;
        const act = offered && props.actions[offered.does];
        return (
          <Notice key={code} tone={code === 'not_allowed' || code === 'no_video' ? 'warn' : 'bad'}>
            <p>{text}</p>
            {offered && act && (
              <button type="button" class="small" onClick={act}>
                {offered.label}
                {offered.does === 'go_to_content' && there && ` to ${there.host}`}
              </button>
            )}
          </Notice>
        );
      })}
    </>
  );
}
