package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tensor.backend.DeviceStream;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams as threads choose them, with work that is run as late as it may be. */
@Tag("standin")
class CudaStreamTest {
  private static final Program ADD =
      Program.of(
          List.of(ComputeType.F32, ComputeType.F32),
          Expr.of(ScalarOp.ADD, Expr.input(0, ComputeType.F32), Expr.input(1, ComputeType.F32)));

  private static StandIn standIn;
  private static CudaDevice device;

  @BeforeAll
  static void open() {
    standIn = StandIn.forTest(CudaStreamTest.class);
    device = (CudaDevice) new CudaBackendProvider().open().devices().getFirst();
  }

  @BeforeEach
  void late() {
    standIn.deferred(3);
  }

  @AfterEach
  void atOnce() {
    standIn.eager();
    assertEquals(List.of(), standIn.findings().take());
  }

  private static Operand operand(Storage storage) {
    return new Operand(storage, storage.dtype(), Layout.of(Shape.of(storage.size())));
  }

  private static Storage upload(float... values) {
    Storage storage = device.allocate(DType.F32, values.length);
    device.upload(MemorySegment.ofArray(values), storage, 0);
    return storage;
  }

  /** As an element of a coroutine's context does around each part that runs in a thread. */
  private static void enterAndAdd(CudaStream stream, Storage a, Storage b, Storage to) {
    try (DeviceStream.Scope _ = stream.enter()) {
      assertEquals(stream, device.currentStream());
      device.run(ADD, operand(a), operand(b), operand(to));
    }
    assertEquals(device.mainStream(), device.currentStream());
  }

  @Test
  @DisplayName("a stream is entered in one thread and then in another, and both leave it again")
  void threads() throws Exception {
    Storage a = upload(1, 2);
    Storage out = device.allocate(DType.F32, 2);
    try (CudaStream side = device.newStream();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      side.waitFor(device.mainStream().record());
      CyclicBarrier both = new CyclicBarrier(2);
      Future<?> first =
          threads.submit(
              () -> {
                enterAndAdd(side, a, a, out);
                return both.await();
              });
      Future<?> second =
          threads.submit(
              () -> {
                both.await();
                enterAndAdd(side, out, a, out);
                return out;
              });
      first.get(20, TimeUnit.SECONDS);
      second.get(20, TimeUnit.SECONDS);
      device.mainStream().waitFor(side.record());
      float[] sum = new float[2];
      device.download(out, 0, MemorySegment.ofArray(sum));
      assertArrayEquals(new float[] {3, 6}, sum);
    }
  }

  @Test
  @DisplayName("the stream that was chosen last counts, and the one before comes back")
  void nested() {
    try (CudaStream side = device.newStream();
        CudaStream inner = device.newStream()) {
      try (DeviceStream.Scope outer = side.enter()) {
        inner.run(
            () -> {
              assertEquals(inner, device.currentStream());
              enterAgain(side);
              assertEquals(inner, device.currentStream());
            });
        assertEquals(side, device.currentStream());
        outer.close();
      }
      assertEquals(device.mainStream(), device.currentStream());
    }
  }

  private static void enterAgain(CudaStream stream) {
    try (DeviceStream.Scope _ = stream.enter()) {
      assertEquals(stream, device.currentStream());
    }
  }
}
