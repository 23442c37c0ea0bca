let silenced = false;

/**
 * kafkajs 2.2.4 gives setTimeout negative delays (its request queue computes them from a moment in the past); Node 24
 * warns of each process's first one. They mean "at once", as intended. Only those from kafkajs are silenced.
 */
export function silenceNegativeTimeouts(): void {
  if (silenced) return;
  silenced = true;
  process.emitWarning = new Proxy(process.emitWarning, {
    apply(emitWarning, self, args) {
      if (args[1] === 'TimeoutNegativeWarning' && new Error().stack?.includes('kafkajs')) return;
      Reflect.apply(emitWarning, self, args);
    },
  });
}
