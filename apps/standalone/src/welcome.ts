/** What a person sees when the standalone has started: where to look, and a first call that works. */
export const welcome = (url: string, dataDirectory: string, sample: boolean): string => `
  Handover listens at ${url}

  API        ${url}/docs
  Health     ${url}/health/ready
  Metrics    ${url}/metrics
  Data       ${dataDirectory}${sample ? '  (a sample centre was created: pools billing, technical, general)' : ''}

  Ask for a callback:

  curl -s ${url}/v1/handovers \\
    -H 'content-type: application/json' -H 'idempotency-key: first-call' \\
    -d '{"conversationId":"c-1","subjectId":"customer-7","language":"en","timeZone":"${Intl.DateTimeFormat().resolvedOptions().timeZone}",
         "issue":{"type":"billing-dispute"},"personal":{"phoneNumber":"+41445551234","summary":"Charged twice in October."}}'
`;
