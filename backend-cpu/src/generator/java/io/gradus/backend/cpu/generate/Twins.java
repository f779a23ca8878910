package io.gradus.backend.cpu.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The f64 form of kernels that are written for f32: for each {@code Float….java} of some packages a
 * {@code Double….java} that differs in nothing but the type.
 */
final class Twins {
  /** The packages, as folders. */
  static final List<String> ROOMS =
      List.of(
          "io/gradus/backend/cpu/contract",
          "io/gradus/backend/cpu/convolve",
          "io/gradus/backend/cpu/reduce");

  private Twins() {}

  static void write(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : all.filter(f -> f.getFileName().toString().startsWith("Float")).toList()) {
        String name = twin(file.getFileName().toString());
        GenerateLanes.write(to.resolve(name), twin(Files.readString(file)));
      }
    }
  }

  private static String twin(String text) {
    return text.replace("float", "double")
        .replace("Float", "Double")
        .replace("f32", "f64")
        .replace("IntVector", "LongVector")
        .replace("Integer.", "Long.")
        .replace("AsInts", "AsLongs")
        .replace("RawIntBits", "RawLongBits")
        .replace("intBits", "longBits")
        .replaceAll("\\b(\\d+)f\\b", "$1.0");
  }
}
