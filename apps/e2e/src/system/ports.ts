import { freePort } from '@handover/platform/testing';

/** Ports that are free now, on loopback, and stay free while their servers are down. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
