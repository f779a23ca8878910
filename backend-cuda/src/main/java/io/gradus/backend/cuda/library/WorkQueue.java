package io.gradus.backend.cuda.library;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import java.util.function.LongConsumer;

/** The device, as far as libraries need it. */
public interface WorkQueue {
  /** Where the elements of a storage begin, for work that is about to be queued. */
  long address(Storage storage);

  /** Memory for elements. */
  Storage allocate(DType dtype, long elements);

  /** The stream that the work goes to. */
  long stream();

  /** Memory that queued work may use until what is queued afterwards. */
  void withWorkspace(long bytes, LongConsumer work);

  /** Runs another kernel after what is queued. */
  void run(Kernel kernel);

  /** Something was queued, for messages about faults. */
  void launched(String operation, String kernel);
}
