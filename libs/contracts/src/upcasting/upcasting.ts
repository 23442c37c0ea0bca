/** An event as it was stored, or one decided just now: that has no metadata yet and is of the current version. */
export interface VersionedEvent {
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: { readonly schemaVersion: number };
}

/**
 * Makes the data of one version into the data of the next. Pure, total over what was ever stored in that version, and
 * never changed once it was released.
 */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Upcasters by the version that they take: `<Type>.v<n>` leads to version n + 1. */
export type Upcasters = Readonly<Record<`${string}.v${number}`, Upcaster>>;

/** The event was written by a newer release than this one. Skipping it would decide from half the truth. */
export class UnknownEventVersion extends Error {
  override readonly name = 'UnknownEventVersion';
  constructor(type: string, version: number, current: number) {
    super(
      `${type} has version ${version}; this release knows versions 1 to ${current}. Run the newer release.`,
    );
  }
}

export interface Upcasting {
  /** The version in which events of this type are written now. */
  currentVersion(type: string): number;
  /**
   * The event as if it had been written today; the event itself if it was.
   * @throws UnknownEventVersion
   */
  upcast<Event extends VersionedEvent>(event: Event): Event;
}

export function createUpcasting(upcasters: Upcasters): Upcasting {
  const stepFrom = (type: string, version: number): Upcaster | undefined => upcasters[`${type}.v${version}`];

  const currentVersion = (type: string): number => {
    let version = 1;
    while (stepFrom(type, version)) version += 1;
    return version;
  };

  return {
    currentVersion,
    upcast: <Event extends VersionedEvent>(event: Event): Event => {
      const { type, metadata } = event;
      const current = currentVersion(type);
      const stored = metadata?.schemaVersion ?? current;
      if (stored === current) return event;
      if (stored > current || stored < 1) throw new UnknownEventVersion(type, stored, current);
      let data = event.data as Readonly<Record<string, unknown>>;
      for (let version = stored; version < current; version += 1)
        data = stepFrom(type, version)?.(data) ?? data;
      return { ...event, data, metadata: { ...metadata, schemaVersion: current } };
    },
  };
}
