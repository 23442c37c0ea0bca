import { IsOneOf, IsSlug } from '@handover/contracts';
import { IsOptional } from 'class-validator';

/** Query of `GET /v1/callbacks`. */
export class OpenCallbacksQuery {
  @IsOptional() @IsSlug() pool?: string;
  /** Callbacks that have ended are found by their handover's history. */
  @IsOptional() @IsOneOf(['open']) state?: 'open';
}
