package io.gradus.backend.cuda.plan;

/**
 * A function in a complete PTX module.
 *
 * <p>Modules and functions are kept by equality, so whoever makes sources should make each text
 * once: then a look-up compares no characters.
 *
 * @param text the whole module, from {@code .version} on
 * @param entry the name of a {@code .visible .entry} in it
 */
public record PtxSource(String text, String entry) {
  /** Checks that there is something to load. */
  public PtxSource {
    if (!text.contains(".version") || entry.isEmpty()) {
      // NVIDIA's compiler ends the process on a text without a version.
      throw new IllegalArgumentException("not a PTX module with an entry: " + entry);
    }
  }

  @Override
  public String toString() {
    return entry;
  }
}
