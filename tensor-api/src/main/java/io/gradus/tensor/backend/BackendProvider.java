package io.gradus.tensor.backend;

/**
 * The service that a backend's jar registers in {@code META-INF/services}; found by {@code
 * ServiceLoader}.
 *
 * <p>Constructing a provider must cost nothing and never fail: whatever may be missing on a machine
 * is looked for in {@link #probe}.
 */
public interface BackendProvider {
  /** A name of its own, such as {@code cpu}; what the properties of {@link Backends} refer to. */
  String name();

  /** The kind of device it provides: {@code cpu} or {@code cuda}. */
  String deviceType();

  /** Of several providers of one kind of device the highest wins; 0 is usual. */
  int priority();

  /** Whether it can start on this machine; never throws, and answers quickly when asked again. */
  Probe probe();

  /** Starts it; called once, after a successful probe. */
  Backend open();

  /** The answer to the question whether a backend can start here. */
  sealed interface Probe {
    /**
     * It can.
     *
     * @param detail what was found, for humans
     */
    record Available(String detail) implements Probe {}

    /**
     * It cannot.
     *
     * @param reason what is missing
     * @param remedy what to install or change
     */
    record Unavailable(String reason, String remedy) implements Probe {}
  }
}
