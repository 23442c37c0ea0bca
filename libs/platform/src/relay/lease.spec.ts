import { VirtualClock } from '@handover/kernel';
import { VirtualWall } from '../clock/virtual-wall.js';
import { memoryEventStore } from '../event-store/memory.js';
import { Lease, leaseMs, leaseOf } from './lease.js';

describe('a lease', () => {
  it('is used a second less long than others wait for it: their clocks may differ', async () => {
    const wall = new VirtualWall();
    const lease = new Lease(memoryEventStore(new VirtualClock(0)), leaseOf('intake'), 'one', wall);
    expect(lease.usable()).toBe(false);
    await lease.take();
    await wall.pass(leaseMs - 1_001);
    expect(lease.usable()).toBe(true);
    await wall.pass(1);
    expect(lease.usable()).toBe(false);
  });
});
