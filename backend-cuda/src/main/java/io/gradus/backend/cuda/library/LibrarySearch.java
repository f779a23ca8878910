package io.gradus.backend.cuda.library;

import io.gradus.backend.cuda.driver.DriverLibrary;
import io.gradus.tensor.error.BackendException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where one of NVIDIA's libraries may be, in the order in which it is tried: what the user names,
 * the loader's own search, the folders of CUDA's toolkit, and those of Python packages, which bring
 * it along.
 *
 * @param library which
 * @param named what the library's property says, or null
 * @param environment environment variables by name
 * @param root the root of the file system
 */
public record LibrarySearch(
    Library library,
    @Nullable String named,
    Function<String, @Nullable String> environment,
    Path root) {
  private static final List<String> IN_TOOLKIT =
      List.of("lib64", "targets/x86_64-linux/lib", "lib");

  /**
   * Looks for a library as this process is set up, for the GPU that the thread has entered; never
   * throws. With a driver that the user named the library must be named too, as the two have to
   * fit.
   *
   * @param open binds its functions, given where it is; throws if the library cannot serve
   */
  public static <T> Found<T> find(Library library, BiFunction<String, SymbolLookup, T> open) {
    String named = System.getProperty(library.property);
    if (named == null && System.getProperty(DriverLibrary.PROPERTY) != null) {
      return new Found.Missing<>("not looked for with -D" + DriverLibrary.PROPERTY);
    }
    return new LibrarySearch(library, named, System::getenv, Path.of("/")).find(open);
  }

  /** As the other one, in this place. */
  public <T> Found<T> find(BiFunction<String, SymbolLookup, T> open) {
    if (isOff()) {
      return new Found.Missing<>("switched off by -D" + library.property + "=off");
    }
    List<String> candidates = candidates();
    String problem = "";
    for (String candidate : candidates) {
      SymbolLookup symbols = load(candidate);
      if (symbols != null) {
        try {
          return new Found.Ready<>(open.apply(candidate, symbols));
        } catch (BackendException | NoSuchElementException | LinkageError e) {
          problem = candidate + " does not work here: " + e.getMessage();
        }
      }
    }
    return new Found.Missing<>(
        problem.isEmpty()
            ? "%s not found (tried %s)"
                .formatted(library.shortName(), String.join(", ", candidates))
            : problem);
  }

  private @Nullable SymbolLookup load(String candidate) {
    try {
      Path file = Path.of(candidate);
      if (file.isAbsolute() && library.companion != null) {
        // A loader that has it already does not search for it.
        Path companion =
            file.resolveSibling(
                String.valueOf(file.getFileName()).replace(library.file, library.companion));
        if (companion.toFile().exists()) {
          SymbolLookup.libraryLookup(companion, Arena.global());
        }
      }
      return SymbolLookup.libraryLookup(candidate, Arena.global());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private boolean isOff() {
    return "off".equals(named);
  }

  /** Names for the system's loader and paths of files that exist. */
  List<String> candidates() {
    if (isOff()) {
      return List.of();
    }
    if (named != null && !named.equals("auto")) {
      return List.of(named);
    }
    Set<String> all = new LinkedHashSet<>();
    List<Path> folders = folders();
    for (int version : library.versions) {
      String file = library.file + version;
      all.add(file);
      for (Path folder : folders) {
        Path path = folder.resolve(file);
        if (Files.exists(path)) {
          all.add(path.toString());
        }
      }
    }
    return List.copyOf(all);
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    for (String variable : List.of("CUDA_PATH", "CUDA_HOME")) {
      String value = environment.apply(variable);
      if (value != null) {
        IN_TOOLKIT.forEach(f -> folders.add(Path.of(value, f.split("/"))));
      }
    }
    for (Path toolkit : children(root.resolve("usr/local"), "cuda*")) {
      IN_TOOLKIT.forEach(f -> folders.add(toolkit.resolve(f)));
    }
    folders.add(root.resolve("opt/cuda/lib64"));
    for (Path python : pythons()) {
      library.inPython.forEach(f -> folders.add(python.resolve(f)));
    }
    String conda = environment.apply("CONDA_PREFIX");
    if (conda != null) {
      folders.add(Path.of(conda, "lib"));
    }
    return folders;
  }

  /** Folders with Python packages. */
  private List<Path> pythons() {
    List<Path> libraries = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      String value = environment.apply(variable);
      if (value != null) {
        libraries.add(Path.of(value, "lib"));
      }
    }
    String home = environment.apply("HOME");
    if (home != null) {
      libraries.add(Path.of(home, ".local", "lib"));
    }
    for (String known : List.of("usr/local/lib", "usr/lib", "opt/conda/lib", "opt/venv/lib")) {
      libraries.add(root.resolve(known));
    }
    List<Path> packages = new ArrayList<>();
    for (Path library : libraries) {
      for (Path python : children(library, "python3*")) {
        packages.add(python.resolve("site-packages"));
        packages.add(python.resolve("dist-packages"));
      }
    }
    return packages;
  }

  /** The newest version, by name, first. */
  private static List<Path> children(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, pattern)) {
        all.forEach(found::add);
      } catch (IOException e) {
        return List.of(); // what cannot be read cannot be loaded either
      }
    }
    found.sort(Comparator.comparing(Path::toString).reversed());
    return found;
  }
}
