import { fromIso, type Instant } from '@handover/kernel';

/** The instant named, or another. */
export const instantOr = (text: string | undefined, otherwise: Instant): Instant =>
  text ? fromIso(text) : otherwise;
