import { IsOptional } from 'class-validator';
import { IsOneOf, IsSlug } from '../fields/index.js';

/** Query of `GET /v1/callbacks`. */
export class OpenCallbacksQuery {
  /** Default: all. */
  @IsOptional() @IsSlug() pool?: string;
  /** Callbacks that have ended are found by their handover's history. */
  @IsOptional() @IsOneOf(['open']) state?: 'open';
}
