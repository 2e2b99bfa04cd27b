import { useEffect, useState } from 'preact/hooks';
import type { DriftLog } from '../../messaging/commands.ts';
import type { PartyView } from '../../messaging/view.ts';
import type { PageHost } from '../host/page-host.ts';
import { DriftGraph } from './drift-graph.tsx';
import { driftReport } from './drift-report.ts';
import { OffsetField } from './offset-field.tsx';

const ASK_EVERY_MS = 1000;

/** How far everybody was from the party's moment, and what a person can do about their own. */
export function Drift({ party, host }: { party: PartyView; host: PageHost }) {
  const [open, setOpen] = useState(false);
  const [log, setLog] = useState<DriftLog>([]);
  const [said, setSaid] = useState('');
  const { link } = host;

  useEffect(() => {
    if (!open) return;
    const ask = () =>
      void link.ask({ type: 'drift_log' }).then((reply) => {
        if (reply.ok && reply.driftLog) setLog(reply.driftLog);
      });
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [open, link]);

  const resync = async () => {
    const reply = await link.ask({ type: 'resync' });
    setSaid(reply.ok ? 'Back to the party’s moment.' : reply.message);
  };
  const save = () => host.save('streamsync-drift.json', driftReport(party, log, Date.now()));

  return (
    <details class="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Sync</summary>
      {open && (
        <>
          <DriftGraph log={log} members={party.members} />
          <div class="drift-acts">
            <button type="button" class="small" onClick={() => void resync()}>
              Resync me
            </button>
            <button type="button" class="small quiet" onClick={save}>
              Save report
            </button>
            <span class="fine" role="status">
              {said}
            </span>
          </div>
          <p class="fine">The report holds figures only: no names, titles, chat or addresses.</p>
          <OffsetField
            offsetMs={party.offsetMs}
            onChange={(offsetMs) => void link.ask({ type: 'set_offset', offsetMs })}
          />
        </>
      )}
    </details>
  );
}
