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
  ready: (time) => `You are connected at ${time}`,
  ringing: () => 'It rings …',
  connected: () => 'The caller is on the line',
  'wrap-up': () => 'The call is over',
};

const agentId = decodeURIComponent(location.pathname.split('/')[2] ?? '');
/** What is on the desk: `{ briefing, phase }`, or nothing. */
let present;

/** A problem in its own words (RFC 9457), with each field and the rule that it broke. */
const wordsOf = ({ title, detail, violations = [] }) =>
  [detail ?? title, ...violations.map(({ field, rule }) => `${field}: ${rule}`)].join(' ');

/** Posts; a refusal is shown. */
async function tell(path, body) {
  show('problem', false);
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId, ...body }),
  };
  try {
    const answer = await fetch(path, request);
    if (answer.ok) return;
    write('problem', wordsOf(await answer.json()));
  } catch (fault) {
    write('problem', `It may not have arrived, try again: ${fault.message}`);
  }
  show('problem', true);
}

function showBriefing({ page, opportunities }) {
  const lines = page.split('\n').map((line) => {
    const [, label, text] = /^([^:]+): (.*)$/.exec(line) ?? ['', '', line];
    const [term, description] = [document.createElement('dt'), document.createElement('dd')];
    [term.textContent, description.textContent] = [label, text];
    return [term, description];
  });
  document.getElementById('briefing').replaceChildren(...lines.flat());
  showClosing(opportunities);
}

function render() {
  show('idle', !present);
  show('callback', Boolean(present));
  document.title = present ? `${phases[present.phase]} · Handover` : 'Desk · Handover';
  if (!present) return;
  const { briefing, phase } = present;
  const time = new Date(briefing.start).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
  write('headline', headlines[phase](time));
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

function onBriefing({ data }) {
  const briefing = JSON.parse(data);
  const same = present?.briefing.callbackId === briefing.callbackId;
  present = { briefing, phase: same ? present.phase : 'briefing' };
  showBriefing(briefing);
  show('problem', false);
  render();
  document.getElementById('headline').focus();
}

function onProgress({ data }) {
  const { callbackId, phase } = JSON.parse(data);
  if (present?.briefing.callbackId !== callbackId || !(phase in phases)) return;
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
  document
    .getElementById('acknowledge')
    .addEventListener('click', () =>
      tell(`/v1/callbacks/${present.briefing.callbackId}/acknowledgement`, {}),
    );
  document.getElementById('close').addEventListener('submit', (event) => {
    event.preventDefault();
    void tell(`/v1/callbacks/${present.briefing.callbackId}/disposition`, closing());
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
