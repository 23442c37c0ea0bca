import { createUpcasting, type Upcasters } from './upcasting.js';

/** Every step from an older version of an event to the next. None so far: all events are as they were first written. */
const upcasters: Upcasters = {};

export const { currentVersion, upcast } = createUpcasting(upcasters);
