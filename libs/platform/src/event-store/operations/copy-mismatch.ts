/** The target holds other events than the source: it is not, and cannot become, a copy of it. */
export class CopyMismatch extends Error {
  override readonly name = 'CopyMismatch';
}
