package io.gradus.profile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named stretch of a program in a profile. Costs nothing to speak of where no profiler runs.
 *
 * <pre>{@code
 * try (Region _ = Region.open("forward")) {
 *   loss = lossOf.call(model.call(x), y);
 * }
 * }</pre>
 *
 * <p>Closed in the thread that opened it, the innermost first.
 */
public final class Region implements AutoCloseable {
  /** Who opened a region. */
  public enum Kind {
    /** The program. */
    USER,
    /** A node of the graph that passes gradients on. */
    BACKWARD,
    /** Somebody who waits for a batch. */
    DATA
  }

  private static final Recorder[] NOBODY = {};
  private static final Region NONE = new Region("", Kind.USER, null, NOBODY);
  private static final ThreadLocal<@Nullable Region> INNERMOST = new ThreadLocal<>();

  private static volatile Recorder[] recorders = NOBODY;

  private final String name;
  private final Kind kind;
  private final @Nullable Region outer;
  private final Recorder[] told;
  private final long begin;

  private Region(String name, Kind kind, @Nullable Region outer, Recorder[] told) {
    this.name = name;
    this.kind = kind;
    this.outer = outer;
    this.told = told;
    this.begin = System.nanoTime();
  }

  /** Begins a stretch, which ends with {@link #close}. */
  public static Region open(String name) {
    return open(name, Kind.USER);
  }

  /** Begins a stretch of a kind; for the library. */
  public static Region open(String name, Kind kind) {
    Recorder[] now = recorders;
    if (now == NOBODY) {
      return NONE;
    }
    Region region = new Region(name, kind, INNERMOST.get(), now);
    INNERMOST.set(region);
    return region;
  }

  /** The node whose backward runs in this thread; null for none. */
  static @Nullable String backward() {
    for (Region r = INNERMOST.get(); r != null; r = r.outer) {
      if (r.kind == Kind.BACKWARD) {
        return r.name;
      }
    }
    return null;
  }

  static synchronized void add(Recorder recorder) {
    List<Recorder> more = new ArrayList<>(List.of(recorders));
    more.add(recorder);
    recorders = more.toArray(NOBODY);
  }

  static synchronized void remove(Recorder recorder) {
    List<Recorder> fewer = new ArrayList<>(List.of(recorders));
    fewer.remove(recorder);
    recorders = fewer.isEmpty() ? NOBODY : fewer.toArray(NOBODY);
  }

  @Override
  public void close() {
    if (this == NONE) {
      return;
    }
    long end = System.nanoTime();
    if (outer == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(outer);
    }
    for (Recorder r : told) {
      r.left(name, kind, begin, end);
    }
  }
}
