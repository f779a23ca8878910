package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
  @TempDir Path dir;

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, t) -> assertTrue(SampleFiles.same(t, found.get(name)), name));
  }

  @Test
  void everyFormatGivesBackWhatWasWritten() {
    Map<String, Tensor> every = WrittenFiles.write(dir);
    assertSame(every, Safetensors.read(dir.resolve("every.safetensors")));
    assertSame(every, TorchFile.readStateDict(dir.resolve("every.pt")));
    every.remove(DType.BF16.longName());
    assertSame(every, Npz.read(dir.resolve("every.npz")));
    every.forEach(
        (name, t) -> assertTrue(SampleFiles.same(t, Npy.read(dir.resolve(name + ".npy"))), name));
  }

  @Test
  void nestedDataOfPyTorchComesBack() {
    WrittenFiles.write(dir);
    Map<?, ?> found = (Map<?, ?>) TorchFile.read(dir.resolve("nested.pt"));
    assertEquals(3L, found.get("epoch"));
    assertEquals(List.of("a", "b"), found.get("names"));
    assertTrue(found.containsKey("none"));
    assertTrue(
        SampleFiles.same(
            Tensor.arange(6).to(DType.F32).view(2, 3).t(), (Tensor) found.get("transposed")));
  }

  @Test
  void elementsBeyondOnePieceAreWrittenInOrder() {
    Tensor large = Tensor.arange(100_000).view(250, 400);
    Npy.write(dir.resolve("large.npy"), large.t());
    assertTrue(SampleFiles.same(large.t(), Npy.read(dir.resolve("large.npy"))));
    try (MappedNpy mapped = MappedNpy.open(dir.resolve("large.npy"))) {
      assertArrayEquals(large.select(1, 399).longArray(), mapped.row(399).longArray());
    }
    Npz.write(dir.resolve("large.npz"), Map.of("a", large));
    assertTrue(SampleFiles.same(large, Npz.read(dir.resolve("large.npz")).get("a")));
  }

  @Test
  void whatAFormatCannotSayIsRefusedBeforeTheFileChanges() throws IOException {
    Path path = dir.resolve("a.npy");
    Npy.write(path, Tensor.ones(2));
    byte[] before = Files.readAllBytes(path);
    Tensor bf16 = Tensor.ones(2).to(DType.BF16);
    assertThrows(DTypeException.class, () -> Npy.write(path, bf16));
    assertThrows(DTypeException.class, () -> Npz.write(path, Map.of("a", bf16)));
    assertThrows(InvalidArgumentException.class, () -> TorchFile.write(path, new Object()));
    assertThrows(InvalidArgumentException.class, () -> TorchFile.write(path, Map.of(List.of(), 1)));
    assertThrows(
        InvalidArgumentException.class,
        () -> Safetensors.write(path, Map.of("__metadata__", Tensor.ones(1))));
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    assertThrows(InvalidArgumentException.class, () -> TorchFile.write(path, cycle));
    assertArrayEquals(before, Files.readAllBytes(path));
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path path = dir.resolve("kept");
    Files.writeString(path, "old");
    assertThrows(
        UncheckedIOException.class,
        () ->
            AtomicFile.write(
                path,
                out -> {
                  out.write(new byte[200_000]);
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(path));
    assertThrows(UncheckedIOException.class, () -> AtomicFile.write(dir, out -> out.write(1)));
    try (var files = Files.list(dir)) {
      assertEquals(List.of(path), files.toList());
    }
    AtomicFile.write(path, out -> out.write('n'));
    assertEquals("n", Files.readString(path));
  }

  @Test
  void aFileThatIsNotThereIsAnErrorOfTheDisk() {
    Path none = dir.resolve("none");
    assertThrows(UncheckedIOException.class, () -> Npy.read(none));
    assertThrows(UncheckedIOException.class, () -> Npz.read(none));
    assertThrows(UncheckedIOException.class, () -> Safetensors.open(none));
    assertThrows(UncheckedIOException.class, () -> TorchFile.read(none));
  }
}
