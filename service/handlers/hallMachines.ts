import type { DevicesAnswer, DevicesCommand } from '../../contract/devices.ts';
import { type HostReport, MACHINE_SILENT_AFTER_MS, type MachineList } from '../../contract/machines.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { isTooOld } from '../../contract/sync.ts';
import { CENTRE, machineAlarmOf } from '../../domain/board/alarms.ts';
import type { AlarmRecord } from '../../domain/queue/hallTypes.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { askMachines, type HallMachines } from '../board/facts.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { reachable } from '../reachable.ts';

type MachinesMethod = 'machines.list' | 'machines.revoke';
type Answer = MethodOutput<'machines.list'>;
type Row = Answer['machines'][number];
type Enrolled = DevicesAnswer['devices'][number];
type Heard = MachineList['machines'][number];
type HeardAlarm = Heard['alarms'][number];

/** The machines of the hall: the centre says who is enrolled, the hub who is there. */
export const hallMachinesHandlers: Handlers<MachinesMethod> = {
  'machines.list': (call) => answer(call, { kind: 'list' }),
  'machines.revoke': (call) => answer(call, { kind: 'revoke', ...call.params }),
};

async function answer(
  { context, connection }: Pick<Call<MachinesMethod>, 'context' | 'connection'>,
  command: DevicesCommand,
): Promise<Answer> {
  const { staff } = context.sessions.require(connection);
  const sync = await reachable(context);
  const { devices, centre } = await sync.hall.devices({ actor: staff.number, command });
  // The record of a revocation is here when the press is answered.
  if (command.kind === 'revoke') await sync.refresh();
  await sync.hall.askStandbys();
  const heard = await askMachines(context);
  const { store, now } = context;
  const names = store.staff.names();
  const looks: Looks = {
    heard: heard?.machines ?? [],
    hubs: heard ? [heard.host ?? [], heard.standbys].flat().map((host) => ({ ...host, at: heard.centreTime })) : [],
    nameOf: (number) => names.get(number) ?? number,
    said: store.hall.byDay('alarm', hallDay(now())),
  };
  return {
    machines: devices.map((device) => rowOf(context, device, looks)).sort(byService),
    hosts: hostsOf(heard, centre, looks),
    knowsContact: heard !== null,
    ownFingerprint: context.store.identity.fingerprint(),
  };
}

/** In a hall without a hub it is the centre that answered both times. */
function hostsOf(heard: HallMachines | null, centre: HostReport | undefined, looks: Looks): Answer['hosts'] {
  const standbys = heard?.standbys ?? [];
  const isBoth = heard?.host?.device === centre?.device;
  const hosts = [heard?.host, ...standbys, isBoth ? undefined : centre].filter((each) => each !== undefined);
  return hosts.map(({ device, alarms, ...host }) => ({
    ...host,
    isStandby: standbys.some((each) => each.device === device),
    alarms: alarms.map((alarm) => ({
      ...alarm,
      known: knownAs(host.name ?? CENTRE, { ...alarm, known: null }, looks),
    })),
  }));
}

interface Looks {
  /** The hubs that answered, and when by the clock of the one that decides; none of an older program. */
  hubs: readonly (HostReport & { at: string })[];
  heard: readonly Heard[];
  nameOf: (number: string) => string;
  /** What supervisors said today of alarms at the board. */
  said: readonly AlarmRecord[];
}

function rowOf({ store }: ServiceContext, enrolled: Enrolled, looks: Looks): Row {
  const { heard: machines, hubs, nameOf } = looks;
  const { device, terminal, kind, enrolledAt, lastOpAt, revokedAt, contradicted } = enrolled;
  const heard = machines.find((machine) => machine.device === device) ?? null;
  // A hub reports to nobody: it is there when it has answered.
  const answered = hubs.find((hub) => hub.device === device) ?? null;
  const revocation = store.revocations.of(device);
  return {
    ...{ device, terminal, kind, enrolledAt, contradicted, fingerprint: enrolled.fingerprint },
    role: heard?.role ?? null,
    program: heard?.program ?? answered?.program ?? null,
    protocol: heard?.protocol ?? answered?.protocol ?? null,
    isOld: heard !== null && isTooOld(heard.protocol),
    state: answered ? 'here' : stateOf(revokedAt, heard),
    contactAt: heard?.heardAt ?? answered?.at ?? lastOpAt,
    revoked:
      revokedAt === null
        ? null
        : { at: revokedAt, byName: revocation && nameOf(revocation.by), reason: revocation?.reason ?? null },
    own: device === store.ledger.device,
    alarms: (heard?.alarms ?? []).map((alarm) => ({ ...alarm, known: knownAs(terminal, alarm, looks) })),
  };
}

/** Who has seen an alarm: as said at the board, or at the machine itself. */
function knownAs(terminal: string, alarm: HeardAlarm, { said, nameOf }: Looks): Row['alarms'][number]['known'] {
  const known = saidOf(said, terminal, alarm) ?? alarm.known;
  return known && { byName: nameOf(known.by), at: known.at };
}

/** At the board, since it came up; a machine whose line is slow may not have heard of it yet. */
function saidOf(said: readonly AlarmRecord[], terminal: string, { code, since }: HeardAlarm) {
  return said.findLast(({ alarm, at }) => {
    const about = machineAlarmOf(alarm);
    return about?.terminal === terminal && about.code === code && Date.parse(at) >= Date.parse(since);
  });
}

function stateOf(revokedAt: string | null, heard: Heard | null): Row['state'] {
  if (revokedAt !== null) return 'revoked';
  if (heard === null) return 'unheard';
  if (heard.left) return 'off';
  return heard.heardMsAgo > MACHINE_SILENT_AFTER_MS ? 'silent' : 'here';
}

function byService(a: Row, b: Row): number {
  if (a.revoked && b.revoked) return b.revoked.at.localeCompare(a.revoked.at);
  if (a.revoked || b.revoked) return a.revoked ? 1 : -1;
  return a.terminal.localeCompare(b.terminal);
}
