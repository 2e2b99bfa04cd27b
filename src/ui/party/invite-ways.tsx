import { InviteButton } from './invite-button.tsx';
import { QrButton } from './qr-button.tsx';

/** Each way to hand on the invite: copied, shown to a phone, or shared by the system. */
export function InviteWays(props: {
  url: string;
  copy: (text: string) => Promise<boolean>;
  share: ((url: string) => void) | null;
}) {
  const { url, copy, share } = props;
  return (
    <div class="invite-ways">
      <InviteButton url={url} copy={copy} />
      <QrButton url={url} />
      {share && (
        <button type="button" class="small" onClick={() => share(url)}>
          Share…
        </button>
      )}
    </div>
  );
}
