package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the loops of the package {@code io.gradus.backend.cpu.lanes}: one per operation and
 * compute type, once as plain Java and once with the Vector API; those of {@link NormalLoops},
 * {@link TransposeLoops} and {@link PowerLoops}; and the {@link Twins}.
 *
 * <p>Run by the build with the tensor-api classes on the class path; the arguments are the folder
 * to write to and that of the sources.
 */
public final class GenerateLanes {
  private GenerateLanes() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0], "io", "gradus", "backend", "cpu", "lanes");
    Files.createDirectories(folder);
    for (ComputeType type : ComputeType.values()) {
      write(folder.resolve("ScalarLanes" + type + ".java"), new ScalarLoops(type).source());
      write(folder.resolve("VectorLanes" + type + ".java"), new VectorLoops(type).source());
    }
    write(folder.resolve("VectorNormals.java"), new NormalLoops().source());
    write(folder.resolve("ScalarTransposes.java"), new TransposeLoops().scalars());
    write(folder.resolve("VectorTransposes.java"), new TransposeLoops().vectors());
    for (String room : Twins.ROOMS) {
      Twins.write(Path.of(args[1], room), Path.of(args[0], room));
    }
    Path reductions = folder.resolveSibling("reduce");
    write(reductions.resolve("PowerVectorLoops.java"), new PowerLoops().source());
  }

  /** Leaves an unchanged file alone, so that nothing is compiled again without need. */
  static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }
}
