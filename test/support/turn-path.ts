import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The one way to a TURN server by TCP, which the test can take away. */
export interface TurnPath {
  port: number;
  /** Bytes that passed, both ways together. */
  passedBytes: () => number;
  /** Nothing passes any more, and nobody is told. */
  cut: () => void;
  /** What was under way goes on. */
  mend: () => void;
  /** As on another network: what was connected before is gone, and new connections pass. */
  mendElsewhere: () => void;
  close: () => void;
}

export async function startTurnPath(turnPort: number): Promise<TurnPath> {
  const sockets = new Set<Socket>();
  const heldBack: Socket[] = [];
  let passed = 0;
  let isCut = false;

  const pass = (near: Socket) => {
    const far = connect({ port: turnPort, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        to.write(chunk);
      });
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  };
  const listener = createServer({ noDelay: true }, (near) => {
    near.on('error', () => near.destroy());
    // In a cut network an attempt is neither refused nor answered; TCP repeats it until it gets through.
    if (isCut) heldBack.push(near);
    else pass(near);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  const { port } = listener.address() as AddressInfo;
  const again = () => {
    isCut = false;
    for (const near of heldBack.splice(0)) if (!near.destroyed) pass(near);
  };

  return {
    port,
    passedBytes: () => passed,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      for (const socket of sockets) socket.resume();
      again();
    },
    mendElsewhere: () => {
      for (const socket of sockets) socket.destroy();
      again();
    },
    close: () => {
      for (const socket of [...sockets, ...heldBack]) socket.destroy();
      listener.close();
    },
  };
}
