import type { MemberView } from '../../messaging/view.ts';

/** Who else is typing; a line that is always there, so that nothing jumps. */
export function Typing({ userIds, members }: { userIds: readonly string[]; members: readonly MemberView[] }) {
  const names = members
    .filter(({ userId }) => userIds.includes(userId))
    .map(({ displayName }) => displayName);
  const [first, second] = names;
  return (
    <p class="fine typing">
      {first !== undefined && names.length === 1 && (
        <>
          <bdi>{first}</bdi> is typing…
        </>
      )}
      {first !== undefined && second !== undefined && names.length === 2 && (
        <>
          <bdi>{first}</bdi> and <bdi>{second}</bdi> are typing…
        </>
      )}
      {names.length > 2 && 'Several people are typing…'}
    </p>
  );
}
