package io.gradus.profile;

import org.jspecify.annotations.Nullable;

/**
 * Watches all kernels of the program, of all threads, while it runs.
 *
 * <pre>{@code
 * Profile profile = Profiler.run(() -> trainer.fit(loader, 1));
 * System.out.println(profile); // a table
 * profile.writeTrace(Path.of("trace.json")); // for chrome://tracing or ui.perfetto.dev
 * }</pre>
 *
 * <p>Each kernel takes a few microseconds longer then, and devices that queue kernels are waited
 * for. Of several profilers each hears everything.
 */
public final class Profiler implements AutoCloseable {
  /** How many kernels and regions a trace holds at most; the table counts all. */
  public static final int MAX_SPANS = 1_000_000;

  private final Recorder recorder;
  private @Nullable Profile profile;

  private Profiler(int maxSpans) {
    recorder = new Recorder(maxSpans);
  }

  /** Begins to watch. */
  public static Profiler start() {
    return start(MAX_SPANS);
  }

  static Profiler start(int maxSpans) {
    Profiler profiler = new Profiler(maxSpans);
    profiler.recorder.start();
    return profiler;
  }

  /** Watches while something runs. */
  public static Profile run(Runnable work) {
    try (Profiler profiler = start()) {
      work.run();
      return profiler.stop();
    }
  }

  /** Ends watching; when repeated gives the same profile. */
  public synchronized Profile stop() {
    Profile known = profile;
    return known != null ? known : (profile = recorder.stop());
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
