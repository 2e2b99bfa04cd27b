import type { ProblemCode } from '../../messaging/view.ts';
import { Notice } from '../parts/basics.tsx';
import { PROBLEMS, type ProblemAction } from '../problems.ts';

/** Everything that is wrong right now, each with what can be done about it. */
export function ProblemsList(props: {
  problems: ProblemCode[];
  actions: Record<ProblemAction, (() => void) | null>;
}) {
  return (
    <>
      {props.problems.map((code) => {
        const { text, action } = PROBLEMS[code];
        const act = action && props.actions[action.does];
        return (
          <Notice key={code} tone={code === 'not_allowed' || code === 'no_video' ? 'warn' : 'bad'}>
            <p>{text}</p>
            {action && act && (
              <button type="button" class="small" onClick={act}>
                {action.label}
              </button>
            )}
          </Notice>
        );
      })}
    </>
  );
}
