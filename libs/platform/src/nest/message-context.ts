import { type Cause } from '../write-path/handle.js';
import { type ReceivedMessage } from '../bus/port.js';

/** What a message handler gets as `@Ctx()`: the envelope of the message in hand. */
export class MessageContext {
  constructor(
    /** `ce_id`, `ce_type`, `ce_source`, `ce_time`, `ce_subject`. */
    readonly id: string,
    readonly type: string,
    readonly source: string,
    readonly time: string | undefined,
    readonly subject: string | undefined,
    /** Ready for the write path: the cause's id is `<source>/<id>`, its correlation is the message's or its subject. */
    readonly cause: Cause,
    readonly message: ReceivedMessage,
  ) {}
}
