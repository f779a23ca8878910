package io.gradus.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.TensorDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
  @TempDir Path dir;

  /** The events of this thread, in order of their end. */
  private List<RecordedEvent> record(Runnable work) throws IOException {
    Path file = dir.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.gradus.Kernel").withoutThreshold();
      recording.enable("io.gradus.PoolAllocation").withoutThreshold();
      recording.enable("io.gradus.LoaderWait").withoutThreshold();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    long self = Thread.currentThread().threadId();
    return RecordingFile.readAllEvents(file).stream()
        .filter(e -> e.getThread() != null && e.getThread().getJavaThreadId() == self)
        .sorted((a, b) -> a.getEndTime().compareTo(b.getEndTime()))
        .toList();
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  @Test
  void kernelsTellDeviceNameElementsAndBytes() throws IOException {
    Tensor a = Tensor.ones(3, 1);
    Tensor b = Tensor.ones(3, 4);
    List<RecordedEvent> kernels =
        named(
            record(
                () -> {
                  a.mul(b);
                  b.sum(1);
                  b.matmul(Tensor.ones(4, 5));
                }),
            "io.gradus.Kernel");
    List<String> names = kernels.stream().map(e -> e.getString("kernel")).toList();
    assertEquals(List.of("elementwise mul", "reduce sum", "elementwise fill", "contract"), names);
    RecordedEvent mul = kernels.get(0);
    assertEquals("cpu", mul.getString("device"));
    assertEquals(12, mul.getLong("elements"));
    assertEquals((3 + 12 + 12) * 4, mul.getLong("bytes"), "the repeated column counts once");
    RecordedEvent product = kernels.get(3);
    assertEquals((12 + 20 + 15) * 4, product.getLong("bytes"));
    assertEquals(20, product.getLong("elements"));
  }

  @Test
  void largeMemoryTellsWhetherItIsRecycled() throws IOException {
    int n = 1_000_003;
    List<RecordedEvent> memory =
        named(
            record(
                () -> {
                  Tensor first = Tensor.ones(n);
                  Tensor.ones(8);
                  var storage = io.gradus.Internals.operand(first).storage();
                  storage.release();
                  Tensor.ones(n);
                }),
            "io.gradus.PoolAllocation");
    assertEquals(2, memory.size(), "small memory is not from the pool");
    for (RecordedEvent e : memory) {
      assertEquals("cpu", e.getString("device"));
      assertTrue(e.getLong("bytes") >= 4L * n, "at least what was asked for");
    }
    assertTrue(memory.get(1).getBoolean("recycled"));
  }

  @Test
  void waitsForBatchesTellTheirNumber() throws IOException {
    TensorDataset data = new TensorDataset(Tensor.ones(10, 2), Tensor.arange(10));
    DataLoader<List<Tensor>, List<Tensor>> loader = DataLoader.of(data, 4);
    List<RecordedEvent> waits =
        named(
            record(
                () -> {
                  for (List<Tensor> batch : loader) {
                    assertEquals(2, batch.size());
                  }
                  for (List<Tensor> batch : loader.workers(2)) {
                    assertEquals(2, batch.size());
                  }
                }),
            "io.gradus.LoaderWait");
    assertEquals(
        List.of(0L, 1L, 2L, 0L, 1L, 2L), waits.stream().map(e -> e.getLong("batch")).toList());
    assertEquals(List.of(0, 0, 0, 2, 2, 2), waits.stream().map(e -> e.getInt("workers")).toList());
    assertFalse(waits.get(0).getBoolean("ready"), "nobody loads ahead without workers");
  }

  @Test
  void resultsAreTheSameWhileRecorded() throws IOException {
    Tensor x = Tensor.linspace(-3, 3, 1001);
    Tensor expected = x.mul(x).add(x).tanh();
    record(() -> assertTrue(x.mul(x).add(x).tanh().equal(expected)));
  }
}
