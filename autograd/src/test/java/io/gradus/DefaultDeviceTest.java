package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gradus.data.Digits;
import io.gradus.io.Npy;
import io.gradus.nn.LazyLinear;
import io.gradus.nn.Linear;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that names no device, with another default device than the CPU. */
class DefaultDeviceTest {
  private static final Device OTHER =
      new ReferenceDevice() {
        @Override
        public String type() {
          return "other";
        }
      };

  @BeforeEach
  void choose() {
    Tensor.setDefaultDevice(OTHER);
  }

  @AfterEach
  void restore() {
    Tensor.setDefaultDevice(Device.cpu());
  }

  @Test
  @DisplayName("S11.1 factories make tensors on the default device")
  void factories() {
    assertSame(OTHER, Tensor.defaultDevice());
    for (Tensor t :
        List.of(
            Tensor.zeros(2),
            Tensor.empty(2),
            Tensor.full(new long[] {2}, 3),
            Tensor.arange(3),
            Tensor.linspace(0, 1, 3),
            Tensor.eye(2),
            Tensor.randn(2),
            Tensor.randperm(3),
            Tensor.tensor(1.5),
            Tensor.tensor(new int[] {1}),
            Tensor.tensor(List.of(1, 2)),
            Tensor.asTensor(new float[] {1}),
            Tensor.asTensor(FloatBuffer.allocate(2)),
            Digits.load().get(0).get(0),
            new Linear(2, 2).weight())) {
      assertSame(OTHER, t.device());
    }
  }

  @Test
  @DisplayName("S11.1 what says where it is stays there: shared memory, options, other tensors")
  void others() {
    assertSame(Device.cpu(), Tensor.wrap(new float[] {1}).device());
    Tensor here = Tensor.zeros(Options.device(Device.cpu()), 2);
    assertSame(Device.cpu(), here.device());
    assertSame(Device.cpu(), Tensor.onesLike(here).device());
    assertSame(Device.cpu(), here.newZeros(3).device());
    assertSame(Device.cpu(), new LazyLinear(2).call(here).device());
  }

  @Test
  @DisplayName("S11.1 files are read to the default device")
  void files(@TempDir Path folder) {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Tensor.tensor(1f, 2f));
    Tensor read = Npy.read(file);
    assertSame(OTHER, read.device());
    assertEquals(DType.F32, read.dtype());
    assertArrayEquals(new float[] {1, 2}, read.floatArray());
  }
}
