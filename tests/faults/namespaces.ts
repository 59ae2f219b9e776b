import { execFileSync } from 'node:child_process';

/** Another machine on a network of its own, by Linux network namespaces: a router between can swallow without a word. */

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

/** @returns in words why this machine has no namespaces for us; null when it has */
export function namespaceObstacle(): string | null {
  const name = `yichuang-probe-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'add', 'name', 'left', 'type', 'veth', 'peer', 'name', 'right');
    return null;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return `network namespaces need root and iproute2: ${stderr?.trim() || message}`;
  } finally {
    forget(name);
  }
}

function forget(name: string): void {
  try {
    ip('netns', 'del', name);
  } catch {
    // Never made.
  }
}

export interface FarMachine {
  /** Its address; ours towards it. */
  far: string;
  near: string;
  /** Starts a command over there. */
  prefix: readonly string[];
  /** What goes in that direction vanishes: no refusal, no reset. */
  swallow(direction: 'there' | 'back'): void;
  /** Everything goes again. */
  heal(): void;
  remove(): void;
}

/** Two links, `here — router — there`, in addresses that only this process uses. */
export function addFarMachine(): FarMachine {
  const id = process.pid % 250;
  const [router, there] = [`yichuang-r${process.pid}`, `yichuang-t${process.pid}`];
  const link = `ycn${process.pid}`;
  const [near, nearGate, farGate, far] = [`10.213.${id}.2`, `10.213.${id}.1`, `10.214.${id}.1`, `10.214.${id}.2`];
  const remove = () => {
    // Its links and routes go with it.
    for (const name of [router, there]) forget(name);
  };
  try {
    for (const name of [router, there]) ip('netns', 'add', name);
    ip('link', 'add', 'name', link, 'type', 'veth', 'peer', 'name', 'here', 'netns', router);
    ip('-n', router, 'link', 'add', 'name', 'there', 'type', 'veth', 'peer', 'name', 'out', 'netns', there);
    ip('address', 'add', `${near}/30`, 'dev', link);
    ip('-n', router, 'address', 'add', `${nearGate}/30`, 'dev', 'here');
    ip('-n', router, 'address', 'add', `${farGate}/30`, 'dev', 'there');
    ip('-n', there, 'address', 'add', `${far}/30`, 'dev', 'out');
    ip('link', 'set', link, 'up');
    for (const [name, device] of [
      [router, 'here'],
      [router, 'there'],
      [there, 'out'],
      [there, 'lo'],
    ] as const) {
      ip('-n', name, 'link', 'set', device, 'up');
    }
    ip('route', 'add', `${far}/32`, 'via', nearGate);
    ip('-n', there, 'route', 'add', 'default', 'via', farGate);
    execFileSync('ip', ['netns', 'exec', router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  } catch (error) {
    remove();
    throw error;
  }
  const swallowed = new Set<string>();
  return {
    far,
    near,
    prefix: ['ip', 'netns', 'exec', there],
    swallow(direction) {
      const target = direction === 'there' ? far : near;
      if (swallowed.has(target)) return;
      ip('-n', router, 'route', 'add', 'blackhole', `${target}/32`);
      swallowed.add(target);
    },
    heal() {
      for (const target of swallowed) ip('-n', router, 'route', 'del', 'blackhole', `${target}/32`);
      swallowed.clear();
    },
    remove,
  };
}
