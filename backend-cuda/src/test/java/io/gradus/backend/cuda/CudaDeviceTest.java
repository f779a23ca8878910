package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.driver.DriverLibrary;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tensor.backend.BackendProvider.Probe;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The device on the stand-in, at once and with work that is run as late as it may be. */
@Tag("standin")
class CudaDeviceTest {
  private static final Program ADD =
      Program.of(
          List.of(ComputeType.F32, ComputeType.F32),
          Expr.of(ScalarOp.ADD, Expr.input(0, ComputeType.F32), Expr.input(1, ComputeType.F32)));

  private static StandIn standIn;
  private static List<Device> devices;
  private static CudaDevice device;

  @BeforeAll
  static void open() {
    standIn = StandIn.forTest(CudaDeviceTest.class);
    CudaBackendProvider provider = new CudaBackendProvider();
    assertTrue(provider.probe() instanceof Probe.Available, () -> provider.probe().toString());
    devices = provider.open().devices();
    device = (CudaDevice) devices.getFirst();
  }

  @BeforeEach
  void late() {
    standIn.deferred(7);
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

  private static float[] download(Storage storage) {
    float[] values = new float[(int) storage.size()];
    device.download(storage, 0, MemorySegment.ofArray(values));
    return values;
  }

  private static void add(Storage a, Storage b, Storage out) {
    device.run(ADD, operand(a), operand(b), operand(out));
  }

  @Test
  @DisplayName("numbers go there and come back, through several pieces and at offsets")
  void copies() {
    float[] numbers = new float[700_001];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Storage storage = upload(numbers);
    numbers[5] = -1; // the upload has returned: the source may change
    numbers[5] = 5;
    assertArrayEquals(numbers, download(storage));
    float[] part = new float[3];
    device.download(storage, 600_000, MemorySegment.ofArray(part));
    assertArrayEquals(new float[] {600_000, 600_001, 600_002}, part);
    device.upload(MemorySegment.ofArray(new float[] {9, 8}), storage, 1);
    device.download(storage, 0, MemorySegment.ofArray(part));
    assertArrayEquals(new float[] {0, 9, 8}, part);
  }

  @Test
  @DisplayName("a kernel's result is there when it is read")
  void runs() {
    Storage out = device.allocate(DType.F32, 3);
    add(upload(1, 2, 3), upload(10, 20, 30), out);
    assertArrayEquals(new float[] {11, 22, 33}, download(out));
  }

  @Test
  @DisplayName("an upload returns before the copy, with the numbers of that moment")
  void uploadTakesACopy() {
    float[] numbers = {1, 2, 3};
    Storage storage = device.allocate(DType.F32, 3);
    device.upload(MemorySegment.ofArray(numbers), storage, 0);
    numbers[0] = 99;
    assertArrayEquals(new float[] {1, 2, 3}, download(storage));
  }

  @Test
  @DisplayName("released memory serves the next tensor, in the order of the stream")
  void recycled() {
    Storage a = upload(1, 2, 3);
    Storage out = device.allocate(DType.F32, 3);
    add(a, a, out);
    a.release();
    Storage b = upload(7, 7, 7);
    assertArrayEquals(new float[] {2, 4, 6}, download(out));
    assertArrayEquals(new float[] {7, 7, 7}, download(b));
    String message = assertThrows(BackendException.class, () -> download(a)).getMessage();
    assertTrue(message.contains("a released tensor was used, 3 elements of f32"), message);
  }

  @Test
  @DisplayName("an empty tensor takes no memory")
  void empty() {
    long allocations = device.memoryStatistics().allocations();
    Storage none = device.allocate(DType.F64, 0);
    device.upload(MemorySegment.ofArray(new double[0]), none, 0);
    device.download(none, 0, MemorySegment.ofArray(new double[0]));
    none.release();
    assertEquals(allocations, device.memoryStatistics().allocations());
  }

  @Test
  @DisplayName("a late download delivers the numbers of the moment of the call")
  void downloadLater() throws Exception {
    Storage storage = upload(1, 2);
    float[] numbers = new float[2];
    var arrived = device.downloadLater(storage, 0, MemorySegment.ofArray(numbers));
    add(storage, storage, storage);
    arrived.get(20, TimeUnit.SECONDS);
    assertArrayEquals(new float[] {1, 2}, numbers);
    assertArrayEquals(new float[] {2, 4}, download(storage));
  }

  @Test
  @DisplayName("streams that wait for each other's events see each other's results")
  void streams() {
    Storage a = upload(1, 2);
    Storage out = device.allocate(DType.F32, 2);
    try (CudaStream side = device.newStream()) {
      side.waitFor(device.mainStream().record());
      side.run(
          () -> {
            assertEquals(side, device.currentStream());
            add(a, a, out);
          });
      CudaEvent done = side.record();
      device.mainStream().waitFor(done);
      add(out, a, out);
      assertArrayEquals(new float[] {3, 6}, download(out));
      assertTrue(done.isDone());
      done.toFuture().join();
    }
    assertEquals(device.mainStream(), device.currentStream());
  }

  @Test
  @DisplayName("memory that another stream still works on is not given to the next tensor")
  void otherStreamsKeepMemory() {
    try (CudaStream side = device.newStream()) {
      Storage a = upload(1, 2);
      Storage out = device.allocate(DType.F32, 2);
      side.waitFor(device.mainStream().record());
      side.run(() -> add(a, a, out));
      a.release();
      upload(50, 50);
      side.synchronize();
      assertArrayEquals(new float[] {2, 4}, download(out));
    }
  }

  @Test
  @DisplayName(
      "numbers go from one GPU to another in the order of both, and the source may be released")
  void peers() {
    CudaDevice other = (CudaDevice) devices.get(1);
    Storage a = upload(1, 2, 3);
    add(a, a, a);
    Storage there = other.allocate(DType.F32, 2);
    assertTrue(other.copy(a, 1, there));
    a.release();
    upload(9, 9, 9);
    float[] numbers = new float[2];
    other.download(there, 0, MemorySegment.ofArray(numbers));
    assertArrayEquals(new float[] {4, 6}, numbers);
    assertEquals("cuda:1", other.name());
  }

  @Test
  @DisplayName("events measure the time between them")
  void times() {
    CudaEvent begin = device.mainStream().recordTime();
    Storage a = upload(1, 2);
    add(a, a, a);
    CudaEvent end = device.mainStream().recordTime();
    end.await();
    assertTrue(end.millisecondsSince(begin) >= 0);
  }

  @Test
  @DisplayName("a captured step is not done at once; each replay does it on what is there then")
  void capture() {
    Storage x = upload(1, 2);
    Storage sum = upload(0, 0);
    Storage[] made = new Storage[1];
    Runnable step =
        () -> {
          Storage twice = device.allocate(DType.F32, 2);
          add(x, x, twice);
          add(sum, twice, sum);
          twice.release();
          made[0] = device.allocate(DType.F32, 2);
          add(sum, sum, made[0]);
        };
    try (CudaGraph graph = device.capture(step)) {
      assertEquals(3, graph.size());
      assertArrayEquals(new float[] {0, 0}, download(sum));
      graph.replay();
      assertArrayEquals(new float[] {2, 4}, download(sum));
      device.upload(MemorySegment.ofArray(new float[] {10, 20}), x, 0);
      graph.replay();
      graph.replay();
      assertArrayEquals(new float[] {42, 84}, download(sum));
      assertArrayEquals(new float[] {84, 168}, download(made[0]));
    }
    assertArrayEquals(new float[] {84, 168}, download(made[0]), "what it made outlives it");
  }

  @Test
  @DisplayName("a graph keeps the memory of what it reads and writes, and nobody else gets its own")
  void captureKeepsMemory() {
    Storage x = upload(1, 2);
    Storage sum = upload(0, 0);
    CudaGraph graph = device.capture(() -> add(sum, x, sum));
    long live = device.memoryStatistics().liveBytes();
    x.release();
    assertEquals(live, device.memoryStatistics().liveBytes());
    upload(100, 100);
    graph.replay();
    assertArrayEquals(new float[] {1, 2}, download(sum));
    graph.close();
    graph.close();
    String message = assertThrows(BackendException.class, graph::replay).getMessage();
    assertTrue(message.contains("the graph is closed"), message);
  }

  @Test
  @DisplayName("an upload in a captured step is repeated by each replay")
  void captureUpload() {
    Storage x = device.allocate(DType.F32, 2);
    float[] numbers = {3, 4};
    try (CudaGraph graph =
        device.capture(() -> device.upload(MemorySegment.ofArray(numbers), x, 0))) {
      numbers[0] = 99;
      device.upload(MemorySegment.ofArray(new float[] {0, 0}), x, 0);
      graph.replay();
      assertArrayEquals(new float[] {3, 4}, download(x));
    }
  }

  @Test
  @DisplayName("a step that reads numbers cannot be captured, and the device goes on working")
  void captureRefusesReading() {
    Storage x = upload(1, 2);
    long live = device.memoryStatistics().liveBytes();
    for (Runnable step :
        List.<Runnable>of(
            () -> download(x),
            () -> device.synchronize(),
            () -> device.downloadLater(x, 0, MemorySegment.ofArray(new float[2])),
            () -> device.capture(() -> {}))) {
      String message =
          assertThrows(BackendException.class, () -> device.capture(step)).getMessage();
      assertTrue(message.contains("captur"), message);
    }
    add(x, x, x);
    assertArrayEquals(new float[] {2, 4}, download(x));
    assertEquals(live, device.memoryStatistics().liveBytes());
  }

  @Test
  @DisplayName("when the driver has no memory the cache is given up, and then the error tells")
  void outOfMemory() {
    upload(new float[5 << 20]).release();
    standIn.failAllocationAfter(0);
    Storage big = device.allocate(DType.F32, 30 << 20);
    assertTrue(device.memoryStatistics().rescues() > 0);
    big.release();
    String message =
        assertThrows(DeviceException.class, () -> device.allocate(DType.F64, 1L << 40))
            .getMessage();
    assertTrue(
        message.startsWith("[allocate] CUDA out of memory on cuda:0: 8796093022208"), message);
    assertTrue(message.contains("tensors and running work hold"), message);
    assertThrows(DeviceException.class, () -> device.allocate(DType.F64, Long.MAX_VALUE / 2));
    assertArrayEquals(new float[] {1}, download(upload(1)), "the device still works");
    device.emptyCache();
  }

  @Test
  @DisplayName("whichever allocation fails, the kernel runs after all and no memory is lost")
  void anyAllocationFails() {
    Storage in = device.allocate(DType.F32, 5000);
    device.upload(MemorySegment.ofArray(new float[5000]), in, 0);
    Storage out = device.allocate(DType.F32, 5000);
    Kernel sort = new Kernel.Sort(operand(in), 0, false, operand(out), null);
    device.run(sort);
    device.synchronize();
    long live = device.memoryStatistics().liveBytes();
    for (int failing = 0; failing < 4; failing++) {
      device.emptyCache();
      standIn.failAllocationAfter(failing);
      device.run(sort);
      device.synchronize();
      assertEquals(live, device.memoryStatistics().liveBytes());
    }
    standIn.failAllocationAfter(-1);
    assertEquals(0, download(out)[4999]);
  }

  @Test
  @DisplayName("an index out of bounds is reported when numbers are read, and the device goes on")
  void badIndex() {
    Storage in = upload(1, 2, 3);
    Storage index = device.allocate(DType.I64, 2);
    device.upload(MemorySegment.ofArray(new long[] {1, 7}), index, 0);
    Storage out = device.allocate(DType.F32, 2);
    device.run(new Kernel.Gather(operand(in), operand(index), 0, operand(out)));
    String message =
        assertThrows(io.gradus.tensor.error.TensorIndexException.class, () -> device.synchronize())
            .getMessage();
    assertTrue(message.endsWith("index 7 is out of bounds for dimension 0 with size 3"), message);
    device.synchronize();
    assertArrayEquals(new float[] {1, 2, 3}, download(in));
    assertArrayEquals(new float[2], download(out), "a result in new memory is zeros");
    Storage used = upload(4, 5);
    device.run(new Kernel.Gather(operand(in), operand(index), 0, operand(used)));
    assertThrows(io.gradus.tensor.error.TensorIndexException.class, () -> device.synchronize());
    assertArrayEquals(new float[] {4, 5}, download(used), "what was there is kept");
    Storage partly = device.allocate(DType.F32, 4);
    device.upload(MemorySegment.ofArray(new float[] {6}), partly, 0);
    Operand rest = operand(partly).with(Layout.of(Shape.of(2), new long[] {2}, 1));
    device.run(new Kernel.Gather(operand(in), operand(index), 0, rest));
    device.run(ADD, rest, rest, rest.with(Layout.of(Shape.of(2), new long[] {1}, 2)));
    assertThrows(io.gradus.tensor.error.TensorIndexException.class, () -> device.synchronize());
    assertArrayEquals(new float[] {6, 0, 0, 0}, download(partly), "zeros where nothing was");
  }

  @Test
  @DisplayName("the device says what it is and what does its products")
  void description() {
    assertEquals("cuda:0", device.name());
    assertTrue(device.description().contains("compute capability 8.0"), device::description);
    assertTrue(device.matrixProducts().startsWith("own kernels (cuBLAS:"), device::matrixProducts);
    assertFalse(DriverLibrary.described().isEmpty());
  }

  @Test
  @DisplayName("params and several outputs arrive in the kernel")
  void params() {
    Program scale =
        Program.of(
            List.of(ComputeType.F32),
            Expr.of(ScalarOp.MUL, Expr.input(0, ComputeType.F32), Expr.param(0, ComputeType.F32)));
    Storage x = upload(1, 2);
    device.run(
        new Kernel.Elementwise(
            scale,
            new Operand[] {operand(x)},
            new Operand[] {operand(x)},
            new long[] {Params.of(2.5)}));
    assertArrayEquals(new float[] {2.5f, 5}, download(x));
  }
}
