package io.gradus.benchmarks;

import org.jspecify.annotations.Nullable;

/** How one library does the rows. Public with a public constructor without parameters. */
public interface LibraryRows {
  /** A row with its operands in place. */
  interface Work {
    /** Does it once; the result is fully computed, and memory outside the heap is given back. */
    @Nullable Object run();
  }

  /** A row that has not allocated anything yet. */
  interface Preparation {
    /** Allocates the operands. */
    Work prepare();
  }

  /** How to do a row; null if the library lacks the operation. Loads no native code. */
  @Nullable Preparation of(Row row);

  /** The first element of the sum of two tensors of eight: what a first result is. */
  float first();
}
