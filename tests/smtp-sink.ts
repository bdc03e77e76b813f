import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a mail server answers to a finished mail: takes it, refuses it for good or for now, or falls silent. */
export type Mood = 'take' | 'refuse' | 'later' | 'hang-up';

/** A mail server of a few lines that keeps what it is sent. */
export interface SmtpSink {
  readonly url: string;
  /** The source of every mail that was taken, headers and all. */
  readonly taken: string[];
  mood: Mood;
  close(): Promise<void>;
}

export async function openSmtpSink(port = 0): Promise<SmtpSink> {
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let inData = false;
    let text = '';
    socket.write('220 sink\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (inData) {
        if (!text.includes('\r\n.\r\n')) return;
        inData = false;
        // Taken in any case but a refusal: a server that hangs up may have kept it.
        if (sink.mood === 'take' || sink.mood === 'hang-up') taken.push(text);
        text = '';
        if (sink.mood === 'hang-up') socket.destroy();
        else
          socket.write(
            { take: '250 kept\r\n', refuse: '550 never\r\n', later: '451 not now\r\n' }[sink.mood],
          );
        return;
      }
      const line = text.trimEnd().toUpperCase();
      text = '';
      inData = line === 'DATA';
      const said =
        line.startsWith('EHLO') || line.startsWith('HELO') ? '250 sink' : inData ? '354 go on' : '250 ok';
      socket.write(`${line === 'QUIT' ? '221 bye' : said}\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const sink: SmtpSink = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    mood: 'take',
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return sink;
}
