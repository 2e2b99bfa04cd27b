/** Hues whose white initials keep 4.5 : 1 in both colour schemes; see `.avatar` in the styles. */
const HUES = 6;

/** A member's initial on a colour that stays theirs. Decoration: the name stands beside it. */
export function Avatar({ userId, name }: { userId: string; name: string }) {
  return (
    <span class={`avatar hue-${hueOf(userId)}`} aria-hidden="true">
      {first(name)}
    </span>
  );
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Which of the colours is a member's. */
export function hueOf(userId: string): number {
  let sum = 7;
  for (let at = 0; at < userId.length; at++) sum = (sum * 31 + userId.charCodeAt(at)) % 997;
  return sum % HUES;
}

function first(name: string): string {
  for (const { segment } of graphemes.segment(name.trim())) return segment.toLocaleUpperCase();
  return '';
}
