import { Peer } from '../link/peer.ts';
import { parentPipe } from '../link/supervisedChild.ts';
import { Devices } from './devices.ts';
import { systemEnvironment } from './driver/environment.ts';
import { exitHung } from './hardExit.ts';
import { listPorts } from './ports/list.ts';
import { openTransport } from './transport/open.ts';

/** The devices process: owns every port, is forked by the service, and may be killed and started again at any time. */

const SHUT_DOWN_MS = 4000;
const HANG_NOTICE_MS = 200;

const peer = new Peer(parentPipe(), { onCall: (method, params) => devices.call(method, params) });

const devices = new Devices({
  open: openTransport,
  list: listPorts,
  emit: (event, payload) => peer.emit(event, payload),
  environment: systemEnvironment((event, fields) => console.error(JSON.stringify({ event, ...fields }))),
  random: Math.random,
  date: () => new Date(),
  onHang: (call, device) => {
    peer.emit('device.hung', { device });
    // Long enough for others on the same port to say so as well, and for the message to leave.
    setTimeout(() => exitHung(call), HANG_NOTICE_MS);
  },
});

let ending = false;

/** Ports are closed, so that the next process finds them free. */
function shutDown(): void {
  if (ending) return;
  ending = true;
  setTimeout(() => exitHung('shut-down'), SHUT_DOWN_MS);
  devices.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

process.on('disconnect', shutDown);
process.on('SIGTERM', shutDown);
// Ctrl+C reaches the whole group of processes; the parent decides, by ending or by disconnecting.
process.on('SIGINT', () => {});

if (!process.connected) {
  console.error('This process is started by the service and does nothing alone.');
  process.exit(1);
}
