package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.Linear;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.TensorIndexException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignFilesTest {
  @TempDir Path dir;

  private Path file(String name) {
    return SampleFiles.in(dir, name);
  }

  private static void assertEvery(Map<String, Tensor> found) {
    SampleFiles.every()
        .forEach((name, t) -> assertTrue(SampleFiles.same(t, found.get(name)), name));
  }

  @Test
  @DisplayName("S12.2 arrays of NumPy in every dtype, order and version")
  void npy() {
    assertTrue(SampleFiles.same(SampleFiles.ramp(DType.F32), Npy.read(file("f4.npy"))));
    Tensor big = Npy.read(file("f8-big-fortran.npy"));
    assertTrue(SampleFiles.same(SampleFiles.ramp(DType.F64), big));
    assertArrayEquals(new long[] {1, 2}, big.stride());
    Tensor half = Npy.read(file("f2.npy"));
    assertEquals(DType.F16, half.dtype());
    assertArrayEquals(new double[] {0.5, -1.25, Double.POSITIVE_INFINITY}, half.doubleArray());
    assertArrayEquals(
        new boolean[] {true, false, false, true}, Npy.read(file("b1.npy")).booleanArray());
    Tensor scalar = Npy.read(file("i8-scalar.npy"));
    assertEquals(0, scalar.dim());
    assertEquals(-7L, scalar.item());
    assertArrayEquals(new long[] {0, 3}, Npy.read(file("i2-empty.npy")).shape().toArray());
    for (int version = 2; version <= 3; version++) {
      Tensor t = Npy.read(file("i4-version" + version + ".npy"));
      assertEquals(DType.I32, t.dtype());
      assertArrayEquals(new int[] {0, 1, 2, 3}, t.intArray());
    }
  }

  @Test
  @DisplayName("S12.2 a mapped array gives the rows that are asked for")
  void mapped() {
    try (MappedNpy array = MappedNpy.open(file("f4.npy"))) {
      assertArrayEquals(new long[] {2, 3}, array.shape().toArray());
      assertEquals(DType.F32, array.dtype());
      assertArrayEquals(new float[] {1, 2, 3}, array.row(1).floatArray());
      assertEquals(0, array.rows(2, 2).numel());
      assertThrows(TensorIndexException.class, () -> array.rows(1, 3));
    }
  }

  @Test
  @DisplayName("S12.2 archives of NumPy, stored and deflated")
  void npz() {
    Map<String, Tensor> stored = Npz.read(file("stored.npz"));
    assertEquals(List.of("a", "b"), List.copyOf(stored.keySet()));
    assertEquals(DType.U8, stored.get("a").dtype());
    assertArrayEquals(new double[] {0, 1, 2, 3}, stored.get("b").doubleArray());
    Map<String, Tensor> deflated = Npz.read(file("deflated.npz"));
    assertArrayEquals(new long[] {0, 1, 2}, deflated.get("a").longArray());
    assertArrayEquals(new long[] {0, 1}, deflated.get("b").longArray());
  }

  @Test
  @DisplayName("S12.2 safetensors of every dtype with metadata, tensor by tensor")
  void safetensors() {
    assertEvery(Safetensors.read(file("every.safetensors")));
    assertEvery(Safetensors.read(file("library.safetensors")));
    try (Safetensors file = Safetensors.open(file("every.safetensors"))) {
      assertEquals("grüße", file.metadata().get("note"));
      assertEquals(DType.BF16, file.dtype("bfloat16"));
      assertArrayEquals(new long[] {2, 3}, file.shape("bfloat16").toArray());
      assertTrue(SampleFiles.same(SampleFiles.ramp(DType.BF16), file.get("bfloat16")));
      assertThrows(InvalidArgumentException.class, () -> file.get("none"));
    }
  }

  @Test
  void stateDictsOfPyTorch() {
    for (String name : List.of("every.pt", "deflated.pt")) {
      Map<String, Tensor> state = TorchFile.readStateDict(file(name));
      assertEvery(state);
      Tensor transposed = state.get("transposed");
      assertArrayEquals(new long[] {1, 4}, transposed.stride());
      assertTrue(
          SampleFiles.same(Tensor.arange(12).to(DType.F32).view(3, 4).t(), transposed), name);
      assertTrue(state.get("row").sameStorage(transposed), "views share their storage");
      assertArrayEquals(new float[] {4, 5, 6, 7}, state.get("row").floatArray());
      assertArrayEquals(new float[] {1, 2}, state.get("parameter").floatArray());
      assertFalse(state.get("parameter").requiresGrad());
    }
  }

  @Test
  void plainDataOfPyTorch() {
    Map<?, ?> nested = (Map<?, ?>) TorchFile.read(file("nested.pt"));
    assertEquals(3L, nested.get("epoch"));
    assertEquals(0.25, nested.get("loss"));
    assertEquals(1L << 40, nested.get("big"));
    assertEquals(List.of("a", "b"), nested.get("names"));
    assertEquals(java.util.Arrays.asList(1L, null), nested.get("pair"));
    assertEquals(true, nested.get("flag"));
    Tensor w = (Tensor) ((Map<?, ?>) nested.get("model")).get("w");
    assertArrayEquals(new float[] {1, 1}, w.floatArray());
  }

  @Test
  void modelsOfPyTorchGiveTheSameOutputs() {
    Map<String, Tensor> example = Safetensors.read(file("model-example.safetensors"));
    float[] expected = example.get("y").floatArray();
    for (Map<String, Tensor> state :
        List.of(
            TorchFile.readStateDict(file("model.pt")),
            Safetensors.read(file("model.safetensors")))) {
      Linear first = new Linear(4, 3);
      Linear last = new Linear(3, 2);
      first.loadStateDict(Map.of("weight", state.get("0.weight"), "bias", state.get("0.bias")));
      last.loadStateDict(Map.of("weight", state.get("2.weight"), "bias", state.get("2.bias")));
      Tensor y = last.call(first.call(example.get("x")).tanh());
      assertArrayEquals(expected, y.detach().floatArray(), 1e-6f);
    }
  }
}
