package io.gradus.backend.cuda.blas;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where cuBLAS may be, in the order in which it is tried: what the user names, the loader's own
 * search, the folders of CUDA's toolkit, and those of Python packages, which bring it along.
 *
 * @param named what {@link #PROPERTY} says, or null
 * @param environment environment variables by name
 * @param root the root of the file system
 */
record CublasSearch(
    @Nullable String named, Function<String, @Nullable String> environment, Path root) {
  /** A path to the library, {@code off} for the backend's own products, or {@code auto}. */
  static final String PROPERTY = "gradus.cuda.cublas";

  /** The versions whose interface is known, the newest first. */
  private static final List<Integer> VERSIONS = List.of(13, 12);

  private static final List<String> IN_TOOLKIT =
      List.of("lib64", "targets/x86_64-linux/lib", "lib");

  /** Whether the user wants none. */
  boolean isOff() {
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
    for (int version : VERSIONS) {
      String file = "libcublas.so." + version;
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
      folders.add(python.resolve("nvidia/cu13/lib"));
      folders.add(python.resolve("nvidia/cublas/lib"));
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
