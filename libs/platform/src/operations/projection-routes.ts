import { type FastifyInstance, type FastifyReply } from 'fastify';
import { type Logger } from 'pino';
import { type ProblemDetails } from '../nest/problem.js';
import { sendProblem } from '../nest/send-problem.js';
import { NothingKept, type ProjectionStatus, ReplayUnderWay, type Views } from '../projections/views.js';
import { type OperatedProcess } from './operated.js';

/** What `GET /operations/projections` lists. */
export interface ProjectionReport extends ProjectionStatus {
  readonly service: string;
}

const actions = {
  pause: (views: Views, name: string) => views.pause(name),
  resume: (views: Views, name: string) => views.resume(name),
  replay: (views: Views, name: string) => views.replay(name),
  'blue-green': (views: Views, name: string) => views.replay(name, 'blue-green'),
  'dry-run': (views: Views, name: string) => views.replay(name, 'dry-run'),
  rollback: (views: Views, name: string) => views.rollback(name),
} satisfies Record<string, (views: Views, name: string) => Promise<unknown>>;

/** What may be asked of a projection. */
export type ProjectionAction = keyof typeof actions;

/** The body of an action. JSON is asked for, so that no web page can send it across origins. */
const body = {
  type: 'object',
  required: ['by'],
  properties: { by: { type: 'string', minLength: 1, maxLength: 100 } },
} as const;

interface Order {
  Params: { name: string; action: string };
  Body: { by: string };
}

/** Adds `GET /operations/projections` and `POST /operations/projections/{name}/{action}`, which answers 202 at once. */
export function addProjectionRoutes(instance: FastifyInstance, process: OperatedProcess): void {
  instance.get('/operations/projections', () => listProjections(process));
  const options = { schema: { body }, attachValidation: true };
  instance.post<Order>('/operations/projections/:name/:action', options, async (request, reply) => {
    const { name, action } = request.params;
    const { log } = process.platform;
    if (request.validationError || !isAction(action)) return sendProblem(reply, badOrder);
    const service = process.services().find(({ views }) => has(views, name));
    if (!service) return sendProblem(reply, unknownProjection(name));
    log.info({ projection: name, action, by: request.body.by }, 'operator acts on a projection');
    return answer(reply, begun(actions[action](service.views, name), log), () =>
      listProjections(process).find((projection) => projection.name === name),
    );
  });
}

const isAction = (action: string): action is ProjectionAction => Object.hasOwn(actions, action);
const has = (views: Views, name: string): boolean => views.status().some((view) => view.name === name);

/** Every projection of the process. */
const listProjections = ({ services }: OperatedProcess): ProjectionReport[] =>
  services().flatMap(({ definition, views }) =>
    views.status().map((view) => ({ service: definition.name, ...view })),
  );

/** The refusal, if the action is refused at once; what comes later shows in the projection's status. */
async function begun(action: Promise<unknown>, log: Logger): Promise<unknown> {
  const outcome = action.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  void outcome.then(
    (fault) => fault && log.warn({ err: fault }, 'action on a projection ended with a fault'),
  );
  return Promise.race([outcome, new Promise((resolve) => setImmediate(resolve))]);
}

async function answer(
  reply: FastifyReply,
  begin: Promise<unknown>,
  now: () => ProjectionReport | undefined,
): Promise<FastifyReply> {
  const fault = await begin;
  if (fault instanceof ReplayUnderWay || fault instanceof NothingKept)
    return sendProblem(reply, refused(fault));
  if (fault !== undefined) throw fault;
  return reply.status(202).send(now());
}

const badOrder: ProblemDetails = {
  type: 'invalid-request',
  title: 'The request breaks rules',
  status: 400,
  detail: `POST /operations/projections/{name}/{${Object.keys(actions).join('|')}} with a JSON body {"by": "<who>"}.`,
};

const unknownProjection = (name: string): ProblemDetails => ({
  type: 'unknown-projection',
  title: 'No such projection',
  status: 404,
  detail: `Projection "${name}" does not run in this process; GET /operations/projections lists what does.`,
});

const refused = ({ name, message }: ReplayUnderWay | NothingKept): ProblemDetails => ({
  type: name === 'NothingKept' ? 'nothing-kept' : 'replay-under-way',
  title: 'Not now',
  status: 409,
  detail: message,
});
