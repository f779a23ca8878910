package io.gradus.backend.cuda;

import io.gradus.tensor.backend.DeviceStream;
import org.jspecify.annotations.Nullable;

/**
 * Which stream of one device the running code's work goes to: the one that its thread has entered
 * last, or that which the task was started under.
 */
final class CurrentStream {
  private final ScopedValue<CudaStream> inherited = ScopedValue.newInstance();
  private final ThreadLocal<Entered> threads = ThreadLocal.withInitial(Entered::new);

  /** What a thread has entered. */
  private static final class Entered {
    @Nullable CudaStream stream;
  }

  /** The chosen stream, or the main one. */
  CudaStream or(CudaStream main) {
    CudaStream stream = threads.get().stream;
    return stream != null ? stream : inherited.orElse(main);
  }

  /** Chooses a stream for the calling thread. */
  DeviceStream.Scope enter(CudaStream stream) {
    Entered thread = threads.get();
    CudaStream before = thread.stream;
    thread.stream = stream;
    return () -> thread.stream = before;
  }

  /** Chooses a stream for the calling thread, and for structured tasks that the work starts. */
  void where(CudaStream stream, Runnable work) {
    try (DeviceStream.Scope _ = enter(stream)) {
      ScopedValue.where(inherited, stream).run(work);
    }
  }
}
