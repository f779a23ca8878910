package io.gradus.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the driver's library is. */
public final class DriverLibrary {
  /** A file to take in place of what the system's loader finds. */
  public static final String PROPERTY = "gradus.cuda.driver";

  /** Folders where it lies on systems whose loader does not look there. */
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib64",
          "/usr/lib/wsl/lib",
          "/usr/local/nvidia/lib64",
          "/usr/local/nvidia/lib",
          "/run/opengl-driver/lib");

  private DriverLibrary() {}

  /** The file that the driver's installer puts on the library path. */
  public static String name(String operatingSystem) {
    return operatingSystem.toLowerCase(Locale.ROOT).contains("windows")
        ? "nvcuda.dll"
        : "libcuda.so.1";
  }

  /** What is tried, in order. */
  static List<String> candidates(@Nullable String given, String operatingSystem) {
    if (given != null) {
      return List.of(given);
    }
    String name = name(operatingSystem);
    List<String> all = new ArrayList<>(List.of(name));
    if (name.startsWith("lib")) {
      FOLDERS.forEach(f -> all.add(f + "/" + name));
    }
    return all;
  }

  /**
   * The library's symbols, loading it if need be; null if it is nowhere.
   *
   * <p>Once loaded, JCuda's natives bind to it whatever its path: the loader goes by its name.
   */
  public static @Nullable SymbolLookup find() {
    for (String candidate :
        candidates(System.getProperty(PROPERTY), System.getProperty("os.name", ""))) {
      try {
        return SymbolLookup.libraryLookup(candidate, Arena.global());
      } catch (IllegalArgumentException e) {
        // not there: try the next
      }
    }
    return null;
  }

  /** How messages call what was looked for. */
  public static String described() {
    String given = System.getProperty(PROPERTY);
    return given != null ? given : name(System.getProperty("os.name", ""));
  }
}
