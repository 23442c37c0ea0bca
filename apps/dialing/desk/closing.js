// The form in which an agent says how a callback ended. Its words are those of `DispositionReport` (docs/http-api.md).

const dispositions = {
  resolved: 'Resolved',
  'follow-up': 'Needs a follow-up',
  declined: 'Did not want the call',
  'wrong-number': 'Wrong person or number',
};
const outcomes = {
  'not-raised': 'not raised',
  accepted: 'accepted',
  declined: 'declined',
  deferred: 'wants to think about it',
  expired: 'no longer available',
};

const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const form = () => document.getElementById('close');

/** An empty form, with a question for each opportunity of the briefing. */
export function showClosing(opportunities) {
  form().reset();
  const legend = element('legend', { textContent: 'How did it end?' });
  const choices = Object.entries(dispositions).map(([value, label]) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name: 'disposition', value, required: true }),
      label,
    ),
  );
  document.getElementById('dispositions').replaceChildren(legend, ...choices);
  const questions = opportunities.map(({ opportunityId, product }) => {
    const options = Object.entries(outcomes).map(([value, textContent]) =>
      element('option', { value, textContent }),
    );
    const named = element('bdi', { textContent: product });
    return element('label', {}, 'Offer: ', named, element('select', { name: opportunityId }, ...options));
  });
  document.getElementById('opportunities').replaceChildren(...questions);
}

/** What the agent has said, as the API takes it. */
export function closing() {
  const notes = document.getElementById('notes').value.trim();
  return {
    disposition: form().elements.namedItem('disposition').value,
    reAsked: document.getElementById('re-asked').checked,
    opportunities: [...document.querySelectorAll('#opportunities select')].map(({ name, value }) => ({
      opportunityId: name,
      outcome: value,
    })),
    ...(notes && { personal: { notes } }),
  };
}
