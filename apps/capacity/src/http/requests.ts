import { Inject, Injectable } from '@nestjs/common';
import { type Ids } from '@handover/kernel';
import { IDS, type Cause } from '@handover/platform';

/** Every request is a cause of its own: what it asks for is idempotent by what it says. */
@Injectable()
export class Requests {
  constructor(@Inject(IDS) private readonly ids: Ids) {}

  /** @param correlationId the agent or pool that it is about */
  causeOf(correlationId: string, traceparent?: string): Cause {
    return { id: `requests/${this.ids.next()}`, correlationId, ...(traceparent && { traceparent }) };
  }
}
