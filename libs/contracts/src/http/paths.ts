import { IsId, IsSlug } from '../fields/index.js';

// What stands in an address: `/v1/handovers/{handoverId}` and so on. An id that breaks its rule names nothing: 404.

export class HandoverPath {
  /** From the answer to `POST /v1/handovers`. */
  @IsId() handoverId!: string;
}

export class AppointmentPath {
  /** From the answer to an acceptance. */
  @IsId() appointmentId!: string;
}

export class CallbackPath {
  /** The appointment's id. */
  @IsId() callbackId!: string;
}

export class SurveyPath {
  /** The callback's id. */
  @IsId() surveyId!: string;
}

export class PoolPath {
  /** Name of the pool, as `billing`. */
  @IsSlug() pool!: string;
}

export class AgentPath {
  /** The agent's id in the integrator's own systems. */
  @IsId() agentId!: string;
}

export class ShiftPath extends AgentPath {
  /** Chosen by who plans; unique for the agent. */
  @IsId() shiftId!: string;
}
