import { createServer, type AddressInfo } from 'node:net';
import { answerQuestions } from '../../support/measured-server.ts';

/* Gives back what it gets: what that takes is the machine's doing and not the server's. */

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  answerQuestions((server.address() as AddressInfo).port, () => ({ errorCount: 0, errors: [] }));
});
