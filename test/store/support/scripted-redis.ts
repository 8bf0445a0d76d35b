import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** `hang up`: the connection is cut instead of an answer, as when the command was carried out and its answer was lost. */
type Answer = string | 'hang up';

type Answers = (command: string, args: readonly string[]) => Answer;

/** A server that answers every command that counts as the test says, in RESP. */
export async function startScriptedRedis(answer: Answers, info = '') {
  const { nodes } = await startNodes(answer, info);
  return { url: `redis://127.0.0.1:${nodes[0]}` };
}

/** Two of them that call themselves a Cluster. */
export async function startScriptedCluster(answer: Answers) {
  const { nodes } = await startNodes(answer);
  return { url: nodes.map((port) => `redis://127.0.0.1:${port}`).join(',') };
}

async function startNodes(answer: Answers, info = '') {
  const nodes = [await listen(), await listen()] as const;
  const slots = `*2\r\n${slotsOf(0, 8191, nodes[0])}${slotsOf(8192, 16383, nodes[1])}`;
  return { nodes };

  async function listen(): Promise<number> {
    const server = createServer(serve).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  }

  function serve(socket: Socket): void {
    let unread = '';
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        unread += data.toString('latin1');
        for (let read = readCommand(unread); read !== null; read = readCommand(unread)) {
          unread = unread.slice(read.length);
          reply(socket, read.words);
        }
      });
  }

  function reply(socket: Socket, [command = '', ...args]: readonly string[]): void {
    const name = command.toUpperCase();
    if (name === 'HELLO') socket.write("-ERR unknown command 'HELLO'\r\n");
    else if (name === 'CLIENT') socket.write('+OK\r\n');
    else if (name === 'INFO') socket.write(asText(`redis_version:7.0.0\r\n${info}`));
    else if (name === 'CLUSTER') socket.write(args[0]?.toUpperCase() === 'SLOTS' ? slots : '+cluster_state:ok\r\n');
    else {
      const text = answer(name, args);
      if (text === 'hang up') socket.destroy();
      else socket.write(`${text}\r\n`);
    }
  }
}

function asText(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

function slotsOf(from: number, to: number, port: number): string {
  return `*3\r\n:${from}\r\n:${to}\r\n*2\r\n$9\r\n127.0.0.1\r\n:${port}\r\n`;
}

/** Null: not all of it has arrived. */
function readCommand(text: string): { readonly words: readonly string[]; readonly length: number } | null {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (head === null) return null;
  let at = head[0].length;
  const words: string[] = [];
  for (let left = Number(head[1]); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at));
    if (size === null) return null;
    at += size[0].length;
    const end = at + Number(size[1]);
    if (text.length < end + 2) return null;
    words.push(text.slice(at, end));
    at = end + 2;
  }
  return { words, length: at };
}
