package io.gradus.tensor.kernel;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Layout;

/** What a kernel reads or writes: memory, how its elements are encoded, and where they lie. */
public record Operand(Storage storage, DType dtype, Layout layout) {
  /** The same memory under another layout. */
  public Operand with(Layout other) {
    return new Operand(storage, dtype, other);
  }
}
