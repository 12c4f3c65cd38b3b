// A line between browser and server with a rate and a delay, for every byte there is: also for those of service
// workers and of preloads, which the browser's own throttling does not slow. It counts what passes.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export const LINES = {
  desktop: { name: 'desktop', bytesPerMs: Infinity, oneWayMs: 0 },
  // 1.6 Mbit/s down, 150 ms there and back; opening a connection takes one such round.
  mobile: { name: 'slow mobile', bytesPerMs: 200, oneWayMs: 75 },
};
/** One Ethernet frame: connections take turns by it. */
const PIECE = 1460;

export class Relay {
  static async start(target) {
    const relay = new Relay();
    relay.target = target;
    relay.line = LINES.desktop;
    relay.down = 0;
    relay.requests = 0;
    relay.sockets = new Set();
    relay.waiting = [];
    await relay.listen(0);
    return relay;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Whether anybody is at home. Open connections break when it changes. */
  async online(yes) {
    this.hangUp();
    if (yes && !this.server.listening) await this.listen(this.port);
    if (!yes && this.server.listening) await new Promise((done) => this.server.close(done));
  }

  /** Ends every connection: the next visit opens its own. */
  hangUp() {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    this.waiting.length = 0;
  }

  stop() {
    return this.online(false);
  }

  async listen(port) {
    this.server = createServer((near) => this.carry(near));
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
  }

  carry(near) {
    const far = connect(this.target, '127.0.0.1');
    near.setNoDelay(true);
    far.setNoDelay(true);
    const flow = { near, pieces: [], queued: false };
    for (const [socket, other] of [[near, far], [far, near]]) {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroySoon();
      });
    }
    const { oneWayMs } = this.line;
    // The handshake's round, once for each connection.
    const opened = performance.now() + 2 * oneWayMs;
    near.on('data', (chunk) => {
      this.requests += 1;
      if (oneWayMs === 0) return far.write(chunk);
      setTimeout(() => far.write(chunk), Math.max(0, opened - performance.now()) + oneWayMs);
    });
    far.on('data', (chunk) => {
      this.down += chunk.length;
      if (this.line.bytesPerMs === Infinity) return near.write(chunk);
      for (let at = 0; at < chunk.length; at += PIECE) flow.pieces.push(chunk.subarray(at, at + PIECE));
      if (!flow.queued) {
        flow.queued = true;
        this.waiting.push(flow);
      }
      this.pump();
    });
  }

  /** Lets the pieces through at the line's rate, one connection after the other. */
  pump() {
    if (this.pumping) return;
    this.pumping = true;
    let free = performance.now();
    const step = () => {
      const now = performance.now();
      while (free <= now && this.waiting.length) {
        const flow = this.waiting.shift();
        const piece = flow.pieces.shift();
        free += piece.length / this.line.bytesPerMs;
        setTimeout(() => flow.near.write(piece), this.line.oneWayMs);
        if (flow.pieces.length) this.waiting.push(flow);
        else flow.queued = false;
      }
      if (this.waiting.length) return setTimeout(step, Math.max(1, free - now));
      this.pumping = false;
    };
    step();
  }
}
