package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/performance.md says of vectors of two lengths is seen by no result, only by time. */
class VectorLengthTest {
  /** Classes that are used on 512-bit vectors only. */
  private static final Set<String> LONGEST =
      Set.of(
          "io/gradus/backend/cpu/scan/FloatVectorSums SPECIES_512",
          "io/gradus/backend/cpu/sort/FloatVectorSieve SPECIES_512");

  private static List<String> lengths(Path file) {
    try {
      var model = ClassFile.of().parse(file);
      return StreamSupport.stream(model.constantPool().spliterator(), false)
          .filter(MemberRefEntry.class::isInstance)
          .map(e -> ((MemberRefEntry) e).name().stringValue())
          .filter(name -> name.matches("SPECIES_\\d+|SPECIES_MAX|S_\\d+_BIT|forBitSize"))
          .map(name -> model.thisClass().asInternalName() + " " + name)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("all loops take the platform's preferred vectors, and none shorter ones beside them")
  void one() throws IOException, URISyntaxException {
    Path classes = Path.of(Lanes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(f -> f.toString().endsWith(".class")).forEach(f -> found.addAll(lengths(f)));
    }
    assertTrue(
        found.remove("io/gradus/backend/cpu/lanes/LaneShapes forBitSize"),
        "a property asks for it");
    assertEquals(LONGEST, Set.copyOf(found));
  }
}
