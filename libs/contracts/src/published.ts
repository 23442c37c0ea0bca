/** What others may know of an event: its data without the personal part, which never leaves the event store. */
export function published<Data extends object>(data: Data): Omit<Data, 'personal'> {
  const { personal: _personal, ...rest } = data as Data & { readonly personal?: unknown };
  return rest;
}
