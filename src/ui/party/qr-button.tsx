import { useRef, useState } from 'preact/hooks';
import { encode } from 'uqr';

/** Modules of quiet around a code, as ISO/IEC 18004 asks for. */
const QUIET_MODULES = 4;

/** Shows the invite as a code that a phone's camera reads. */
export function QrButton({ url }: { url: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" class="small" aria-haspopup="dialog" onClick={show}>
        QR code
      </button>
      <dialog class="qr" ref={dialog} aria-label="Invite as a QR code" onClose={() => setOpen(false)}>
        {open && <QrCode url={url} />}
        <p class="fine">Scan it with the camera of a phone or tablet.</p>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}

/** Dark on white in every theme, or some cameras do not read it. */
function QrCode({ url }: { url: string }) {
  const { data, size } = encode(url, { border: QUIET_MODULES, ecc: 'M' });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code of the invite link"
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
