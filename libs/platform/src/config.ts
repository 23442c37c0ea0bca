/** How one process is set up; read from the environment by `configFromEnvironment`. docs/configuration names every variable. */
export interface Config {
  /** `HANDOVER_STORE`: `sqlite:<file>`, `esdb://…`, `esdb+discover://…` or `memory:`; default `sqlite:<data>/handover.db`. */
  readonly store: string;
  /** `HANDOVER_BUS`: `embedded:` (its log is `<data>/bus.db`; `embedded:memory` keeps it in memory) or `kafka://h1:9092,h2:9092`; default `embedded:`. */
  readonly bus: string;
  /** `HANDOVER_DATA`: directory of everything this process stores; default `./data`. */
  readonly dataDirectory: string;
  /** `HANDOVER_HOST`; default `127.0.0.1`. */
  readonly host: string;
  /** `HANDOVER_PORT`; default 3000 for the standalone, 3001–3005 for intake, capacity, reservation, dialing, analytics. 0 takes a free one. */
  readonly port: number;
  /** `HANDOVER_CLOCK`: `system` or `scaled:<wall epoch ms>,<domain epoch ms>,<speed>`; default `system`. */
  readonly clock: string;
  /** `HANDOVER_LOG`: pino level; default `info`. */
  readonly logLevel: string;
  /** `HANDOVER_INSTANCE`: name of this process in leases, consumer groups and logs; default `<host name>-<pid>`. */
  readonly instance: string;
  /** `HANDOVER_REPLY_BUDGET_MS`: how long intake waits for reservation's answer (wall time); default 2500. */
  readonly replyBudgetMs: number;
  /** `HANDOVER_TELEPHONY`: `simulator:` with options as a query, e.g. `simulator:?no-answer=0.2`; default `simulator:`. */
  readonly telephony: string;
  /** `HANDOVER_SAMPLE`: `on` creates a sample centre in an empty log; default `on` for the standalone, else `off`. */
  readonly sample: boolean;
}
