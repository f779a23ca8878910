package io.gradus.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.TensorDataset;
import io.gradus.nn.Linear;
import io.gradus.optim.SGD;
import io.gradus.tensor.error.TensorIndexException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
  @TempDir Path dir;

  private static KernelCost find(Profile profile, String operation, String kernel) {
    return profile.kernels().stream()
        .filter(k -> k.operation().equals(operation) && k.kernel().equals(kernel))
        .findFirst()
        .orElseThrow(() -> new AssertionError(operation + " not in\n" + profile));
  }

  @Test
  void operationsAreCountedWithTimeAndBytes() {
    Tensor a = Tensor.ones(10, 20);
    Tensor b = Tensor.ones(20, 5);
    Profile profile =
        Profiler.run(
            () -> {
              for (int i = 0; i < 3; i++) {
                a.matmul(b);
              }
              a.add(a);
            });
    KernelCost product = find(profile, "mm", "contract");
    assertEquals(3, product.calls());
    assertEquals(3 * 4 * (200 + 100 + 50), product.bytes());
    assertTrue(product.nanos() > 0);
    assertEquals(product.nanos() / 3.0, product.meanNanos());
    assertEquals("cpu", product.device());
    assertEquals(1, find(profile, "add", "elementwise add").calls());
    assertEquals(2, profile.kernels().size());
    assertTrue(profile.kernelNanos() <= profile.wallNanos());
  }

  @Test
  void backwardIsNamedByItsNodesAndStepsByTheirOptimizer() {
    Linear model = new Linear(4, 3);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    Profile profile =
        Profiler.run(
            () -> {
              Tensor loss = model.call(Tensor.ones(2, 4)).square().mean();
              loss.backward();
              optimizer.step();
            });
    List<String> operations = profile.kernels().stream().map(KernelCost::operation).toList();
    assertTrue(operations.contains("MeanBackward0"), operations::toString);
    assertTrue(operations.stream().anyMatch(o -> o.startsWith("SGD.")), operations::toString);
    assertTrue(
        profile.regions().stream()
            .anyMatch(r -> r.name().equals("AccumulateGrad") && r.calls() == 2),
        profile::toString);
  }

  @Test
  void nothingIsHeardBeforeAndAfter() {
    Tensor a = Tensor.ones(3);
    a.add(1);
    Profiler profiler = Profiler.start();
    a.mul(2);
    Profile profile = profiler.stop();
    a.sub(2);
    profiler.close();
    assertSame(profile, profiler.stop());
    assertEquals(1, profile.kernels().size());
    assertEquals("mul", profile.kernels().getFirst().operation());
  }

  @Test
  void aFailureEndsTheProfilerAndIsNotCounted() {
    Tensor a = Tensor.ones(3);
    Tensor far = Tensor.tensor(7L);
    assertThrows(
        TensorIndexException.class, () -> Profiler.run(() -> a.indexSelect(0, far).item()));
    Profile other = Profiler.run(() -> a.add(a));
    assertEquals(1, other.kernels().size(), other::toString);
  }

  @Test
  void twoProfilersHearTheSame() {
    Tensor a = Tensor.ones(3);
    try (Profiler outer = Profiler.start()) {
      Profile inner = Profiler.run(() -> a.add(a));
      a.mul(a);
      assertEquals(1, inner.kernels().size());
      assertEquals(2, outer.stop().kernels().size());
    }
  }

  @Test
  void regionsNestAndAreCountedByThread() throws InterruptedException {
    Tensor a = Tensor.ones(3);
    Profile profile;
    try (Profiler profiler = Profiler.start()) {
      try (Region _ = Region.open("outer")) {
        for (int i = 0; i < 2; i++) {
          try (Region _ = Region.open("inner")) {
            a.add(a);
          }
        }
      }
      Thread other = Thread.ofPlatform().start(() -> a.mul(a));
      other.join();
      profile = profiler.stop();
    }
    assertEquals(
        List.of("outer", "inner"), profile.regions().stream().map(RegionCost::name).toList());
    assertEquals(2, profile.regions().getLast().calls());
    assertEquals(1, find(profile, "mul", "elementwise mul").calls());
  }

  @Test
  void theTableHasARowAnOperationTheDearestFirst() {
    Tensor a = Tensor.ones(10, 10);
    TensorDataset data = new TensorDataset(Tensor.ones(4, 2));
    Profile profile =
        Profiler.run(
            () -> {
              a.matmul(a);
              a.add(a);
              Tensor.ones(1_000_000);
              DataLoader.of(data, 2).forEach(batch -> assertEquals(1, batch.size()));
            });
    List<String> lines = profile.table().lines().toList();
    assertTrue(lines.get(0).matches("operation +kernel +calls +total ms +% +mean us +bytes"));
    assertTrue(
        lines.stream()
            .anyMatch(l -> l.matches("mm +contract +1 +[0-9.]+ +[0-9.]+ +[0-9.]+ +1.2 kB")),
        profile::table);
    assertTrue(lines.stream().anyMatch(l -> l.matches("wait for batch +2 +[0-9.]+")));
    assertTrue(lines.getLast().contains("1 large blocks of memory"), lines::getLast);
    assertTrue(profile.table(1).contains("and " + (profile.kernels().size() - 1) + " more"));
    List<Long> times = profile.kernels().stream().map(KernelCost::nanos).toList();
    assertEquals(times.stream().sorted((x, y) -> Long.compare(y, x)).toList(), times);
  }

  @Test
  void aTraceIsJsonWithCompleteEventsInsideTheirRegions() throws IOException {
    Tensor a = Tensor.ones(2, 3).requiresGrad_(true);
    Profile profile =
        Profiler.run(
            () -> {
              try (Region _ = Region.open("step \"1\"")) {
                a.exp().sum().backward();
              }
            });
    Path file = dir.resolve("trace.json");
    profile.writeTrace(file);
    JsonNode events = new ObjectMapper().readTree(file.toFile()).get("traceEvents");
    List<JsonNode> kernels = new ArrayList<>();
    JsonNode region = null;
    JsonNode thread = null;
    for (JsonNode e : events) {
      switch (e.get("ph").asText() + e.path("cat").asText()) {
        case "Xkernel" -> kernels.add(e);
        case "Xuser" -> region = e;
        case "M" -> thread = e;
        default -> assertEquals("backward", e.get("cat").asText());
      }
    }
    assertNotNull(thread);
    assertEquals(Thread.currentThread().getName(), thread.at("/args/name").asText());
    assertNotNull(region);
    assertEquals("step \"1\"", region.get("name").asText());
    assertTrue(kernels.size() >= 3, events::toPrettyString);
    assertEquals("exp", kernels.getFirst().at("/args/operation").asText());
    assertEquals(6, kernels.getFirst().at("/args/elements").asInt());
    assertEquals(48, kernels.getFirst().at("/args/bytes").asInt());
    double begin = region.get("ts").asDouble();
    double end = begin + region.get("dur").asDouble();
    for (JsonNode k : kernels) {
      assertEquals(region.get("tid"), k.get("tid"));
      assertTrue(k.get("ts").asDouble() >= begin, "begins inside");
      assertTrue(k.get("ts").asDouble() + k.get("dur").asDouble() <= end + 1e-3, "ends inside");
    }
    assertTrue(
        kernels.stream().anyMatch(k -> k.at("/args/operation").asText().equals("ExpBackward0")));
  }

  @Test
  void aTraceThatIsTooLongSaysSo() throws IOException {
    Tensor a = Tensor.ones(3);
    Profile profile;
    try (Profiler profiler = Profiler.start(2)) {
      for (int i = 0; i < 5; i++) {
        a.add(a);
      }
      profile = profiler.stop();
    }
    assertEquals(5, profile.kernels().getFirst().calls());
    assertEquals(3, profile.dropped());
    profile.writeTrace(dir.resolve("trace.json"));
    JsonNode trace = new ObjectMapper().readTree(dir.resolve("trace.json").toFile());
    assertEquals(3, trace.get("droppedEvents").asInt());
    assertEquals(3, trace.get("traceEvents").size(), "the thread's name and two kernels");
  }
}
