/** What leaves this computer, said honestly. */
export function Privacy() {
  return (
    <div class="prose">
      <p>
        While you are in a party, StreamSync sends its server your name, the party’s name, what you write in
        the chat, the address and title of what the party watches, whether and where it plays, and how well
        your player keeps up. The server passes this on to the others in the party.
      </p>
      <p>
        The server keeps it in memory only, as long as the party lasts. There is no account, no analytics and
        no tracking. Whoever runs the server could read along, so choose one you trust, or run your own.
      </p>
      <p>
        Camera and microphone are off until you join a call. What they give goes encrypted to the others in
        it, directly or through a relay of whoever runs the server, and is kept nowhere.
      </p>
      <p>
        Outside a party, StreamSync sends nothing, and it looks at a page only when you click its icon there.
      </p>
    </div>
  );
}
