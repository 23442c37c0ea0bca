import { type LoggedMessage } from '@handover/platform';

/** The callback that a command is about: its commands stay in order. Those that name none wait for one another. */
export function callbackOf({ value }: Pick<LoggedMessage, 'value'>): string {
  try {
    const { callbackId } = JSON.parse(String(value)) as { readonly callbackId?: unknown };
    return typeof callbackId === 'string' ? callbackId : '';
  } catch {
    return '';
  }
}
