import { IsId, IsSlug } from '@handover/contracts';

/** Part of the path: `/v1/pools/{pool}`. */
export class OfPool {
  @IsSlug() pool!: string;
}

/** Part of the path: `/v1/agents/{agentId}`. */
export class OfAgent {
  @IsId() agentId!: string;
}

/** Part of the path: `/v1/agents/{agentId}/shifts/{shiftId}`. */
export class OfShift extends OfAgent {
  @IsId() shiftId!: string;
}
