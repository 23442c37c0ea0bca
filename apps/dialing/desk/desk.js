// An agent's desk: what this agent has to read, the way of the call, and how it ended. It asks the API that any desk may
// ask (docs/dialing.md). What callers said is only ever put on the page as text.
import { closing, showClosing } from './closing.js';

const show = (id, shown) => (document.getElementById(id).hidden = !shown);
const write = (id, text) => (document.getElementById(id).textContent = text);

const phases = {
  briefing: 'Read',
  ready: 'Ready',
  ringing: 'It rings',
  connected: 'Talking',
  'wrap-up': 'Wrap-up',
};
const headlines = {
  briefing: (time) => `Call at ${time}: please read`,
  ready: (time, rang) => (rang ? 'Not reached: it will ring again' : `You are connected at ${time}`),
  ringing: () => 'It rings …',
  connected: () => 'The caller is on the line',
  'wrap-up': () => 'The call is over',
};

const agentId = decodeURIComponent(location.pathname.split('/')[2] ?? '');
/** What is on the desk: `{ id, briefing, phase, rang }`, or nothing. Its id is that of the assignment. */
let present;
/** Something is being told: pressing again waits for its answer. */
let telling = false;
const answerWithinMs = 10_000;

/** A problem in its own words (RFC 9457), with each field and the rule that it broke; what is between us and the service may say something else. */
async function wordsOf(answer) {
  const problem = await answer.json().catch(() => undefined);
  if (!problem?.title) return `It was not taken (${answer.status}). Please try again.`;
  const { title, detail, violations = [] } = problem;
  return [detail ?? title, ...violations.map(({ field, rule }) => `${field}: ${rule}`)].join(' ');
}

/** What is wrong with what was told; nothing if it was taken. */
async function refusalOf(path, body) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId, ...body }),
    signal: AbortSignal.timeout(answerWithinMs),
  };
  try {
    const answer = await fetch(path, request);
    return answer.ok ? undefined : await wordsOf(answer);
  } catch {
    return 'No answer: it may not have arrived. Please try again.';
  }
}

/** Tells something of the present callback; a refusal is shown, unless something else is on the desk by then. */
async function tell(button, what, body) {
  if (telling) return;
  const { id, briefing } = present;
  telling = true;
  button.setAttribute('aria-busy', 'true');
  show('problem', false);
  const refusal = await refusalOf(`/v1/callbacks/${briefing.callbackId}/${what}`, body);
  telling = false;
  button.removeAttribute('aria-busy');
  if (!refusal || present?.id !== id) return;
  write('problem', refusal);
  show('problem', true);
  document.getElementById('problem').scrollIntoView({ block: 'nearest' });
}

function showBriefing({ page }) {
  const lines = page.split('\n').map((line) => {
    const [, label, text] = /^([^:]+): (.*)$/.exec(line) ?? ['', '', line];
    const [term, description] = [document.createElement('dt'), document.createElement('dd')];
    [term.textContent, description.textContent] = [label, text];
    return [term, description];
  });
  document.getElementById('briefing').replaceChildren(...lines.flat());
}

/** Who works by keyboard or ear goes on where the page goes on, when what had the focus is gone. */
function render() {
  const focused = document.activeElement;
  draw();
  if (focused?.closest('[hidden]')) document.getElementById(present ? 'headline' : 'nothing').focus();
}

function draw() {
  show('idle', !present);
  show('callback', Boolean(present));
  document.title = present ? `${phases[present.phase]} · Handover` : 'Desk · Handover';
  if (!present) return;
  const { briefing, phase, rang } = present;
  const time = new Date(briefing.start).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
  write('headline', headlines[phase](time, rang));
  show('acknowledge', phase === 'briefing');
  show('close', phase === 'connected' || phase === 'wrap-up');
  const steps = Object.entries(phases).map(([each, label]) => {
    const step = document.createElement('li');
    step.textContent = label;
    if (each === phase) step.setAttribute('aria-current', 'step');
    return step;
  });
  document.getElementById('phases').replaceChildren(...steps);
}

/** The briefing that is on the desk may come again, as after a lost connection: what the agent is writing stays. */
function onBriefing({ data, lastEventId: id }) {
  const briefing = JSON.parse(data);
  showBriefing(briefing);
  if (present?.id === id) {
    present.briefing = briefing;
    return render();
  }
  present = { id, briefing, phase: 'briefing', rang: false };
  showClosing(briefing.opportunities);
  show('problem', false);
  render();
  document.getElementById('headline').focus();
}

function onProgress({ data }) {
  const { callbackId, phase } = JSON.parse(data);
  if (present?.briefing.callbackId !== callbackId || !(phase in phases)) return;
  if (phase === 'ringing') present.rang = true;
  present.phase = phase;
  render();
}

function onClear({ data }) {
  const { callbackId } = JSON.parse(data);
  if (callbackId && callbackId !== present?.briefing.callbackId) return;
  if (present) write('last', 'The last one is no longer with you: closed, or given to somebody else.');
  present = undefined;
  show('problem', false);
  render();
}

/** An id that nobody has would wait for ever: it is told. The desk opens all the same, the agent may come later. */
async function lookUp() {
  const answer = await fetch(`/v1/agents/${encodeURIComponent(agentId)}`).catch(() => undefined);
  if (answer?.status !== 404) return;
  const { type } = await answer.json();
  if (type === '/problems/unknown-agent' || type === '/problems/ill-formed-id')
    write('last', 'No agent has this id. Is it spelt right?');
}

const againAfterMs = 3_000;

function connect() {
  const stream = new EventSource(`/v1/agents/${encodeURIComponent(agentId)}/briefings`);
  const connected = (is) => {
    write('connection', is ? 'connected' : 'connection lost, trying again …');
    document.getElementById('connection').classList.toggle('lost', !is);
  };
  stream.addEventListener('open', () => connected(true));
  stream.addEventListener('error', () => {
    connected(false);
    // A browser gives up where it is answered an error, as by a proxy while the service begins anew.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, againAfterMs);
  });
  stream.addEventListener('briefing', onBriefing);
  stream.addEventListener('progress', onProgress);
  stream.addEventListener('clear', onClear);
}

function openDesk() {
  write('agent', agentId);
  connect();
  void lookUp();
  const acknowledge = document.getElementById('acknowledge');
  acknowledge.addEventListener('click', () => void tell(acknowledge, 'acknowledgement', {}));
  const close = document.getElementById('close');
  close.addEventListener('submit', (event) => {
    event.preventDefault();
    void tell(close.querySelector('button'), 'disposition', closing());
  });
  render();
}

if (agentId) openDesk();
else {
  show('sign-in', true);
  document.getElementById('sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    location.pathname = `/desk/${encodeURIComponent(document.getElementById('agent-id').value.trim())}`;
  });
}
