package io.gradus.io.tensorboard;

import static io.gradus.io.tensorboard.EventFile.inside;
import static io.gradus.io.tensorboard.EventFile.reals;
import static io.gradus.io.tensorboard.EventFile.records;
import static io.gradus.io.tensorboard.EventFile.repeated;
import static io.gradus.io.tensorboard.EventFile.repeatedTexts;
import static io.gradus.io.tensorboard.EventFile.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import io.gradus.Tensor;
import io.gradus.graph.view.GraphView;
import io.gradus.io.ImageFile;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

  @TempDir Path dir;

  @Test
  @DisplayName("S12.4 event files hold scalars, histograms and pictures")
  void events() throws IOException {
    Tensor picture = Tensor.arange(12).mul(20).to(DType.U8).view(3, 2, 2);
    Path file;
    try (EventWriter writer = EventWriter.in(dir.resolve("runs/first"), CLOCK)) {
      writer.scalar("loss/größe", 0.25, 7);
      writer.histogram("w", Tensor.tensor(-1.0, 0, 0, 2, Double.NaN), 8);
      writer.image("p", picture, 9);
      file = writer.file();
    }
    List<Map<Integer, Object>> events = records(file);
    assertEquals(4, events.size());
    assertEquals("brain.Event:2", text(events.get(0), 3));
    assertEquals(1_700_000_000.25, events.get(1).get(1));
    assertEquals(7L, events.get(1).get(2));
    Map<Integer, Object> scalar = inside(inside(events.get(1), 5), 1);
    assertEquals("loss/größe", text(scalar, 1));
    assertEquals(0.25f, scalar.get(2));

    Map<Integer, Object> histogram = inside(inside(inside(events.get(2), 5), 1), 5);
    assertEquals(-1.0, histogram.get(1));
    assertEquals(2.0, histogram.get(2));
    assertEquals(4.0, histogram.get(3));
    assertEquals(1.0, histogram.get(4));
    assertEquals(5.0, histogram.get(5));
    double[] limits = reals(histogram, 6);
    double[] counts = reals(histogram, 7);
    assertEquals(limits.length, counts.length);
    for (int i = 1; i < limits.length; i++) {
      double from = limits[i - 1];
      double to = limits[i];
      long expected =
          List.of(-1.0, 0.0, 0.0, 2.0).stream().filter(v -> v >= from && v < to).count();
      assertEquals(expected, counts[i], "from " + from + " to " + to);
    }
    assertEquals(4, java.util.Arrays.stream(counts).sum());

    Map<Integer, Object> image = inside(inside(inside(events.get(3), 5), 1), 4);
    assertEquals(2L, image.get(1));
    assertEquals(2L, image.get(2));
    assertEquals(3L, image.get(3));
    Path png = dir.resolve("p.png");
    Files.write(png, (byte[]) image.get(4));
    assertArrayEquals(picture.intArray(), ImageFile.read(png).intArray());
  }

  @Test
  @DisplayName("S12.4 event files hold graphs with names, operations, operands and shapes")
  void graph() throws IOException {
    Tensor w = Tensor.ones(2, 3).requiresGrad_(true);
    Tensor loss = Tensor.ones(4, 2).matmul(w).square().sum().add(w.square().sum());
    Path file;
    try (EventWriter writer = EventWriter.in(dir, CLOCK)) {
      writer.graph(GraphView.of(loss).names(Map.of("layer.weight", w, "größe", loss)));
      file = writer.file();
    }
    byte[] graph = (byte[]) records(file).get(1).get(4);
    List<Map<Integer, Object>> nodes = repeated(graph, 1);
    assertEquals(
        List.of("layer/weight", "Mm", "Pow", "Sum", "Pow_1", "Sum_1", "Add", "gr__e"),
        nodes.stream().map(n -> text(n, 1)).toList());
    assertEquals(
        List.of("Parameter", "Mm", "Pow", "Sum", "Pow", "Sum", "Add", "Result"),
        nodes.stream().map(n -> text(n, 2)).toList());
    byte[] add = null;
    CodedInputStream in = CodedInputStream.newInstance(graph);
    for (int i = 0; i < 7; i++) {
      in.readTag();
      add = in.readByteArray();
    }
    assertEquals(List.of("Sum", "Sum_1"), repeatedTexts(add, 3));
    Map<Integer, Object> shapes = inside(nodes.get(1), 5);
    assertEquals("_output_shapes", text(shapes, 1));
    byte[] shape = (byte[]) inside(inside(shapes, 2), 1).get(7);
    assertEquals(List.of(4L, 3L), repeated(shape, 2).stream().map(d -> d.get(1)).toList());
    assertEquals(22L, EventFile.fields((byte[]) EventFile.fields(graph).get(4)).get(1));
  }

  @Test
  @DisplayName("S12.4 event files hold hyperparameters and what came of them")
  void hparams() throws IOException {
    Path file;
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("lr", 0.1);
    values.put("layers", 3);
    values.put("optimizer", "adam");
    values.put("bias", true);
    try (EventWriter writer = EventWriter.in(dir, CLOCK)) {
      writer.hparams(values, Map.of("accuracy", 0.75));
      file = writer.file();
    }
    List<Map<Integer, Object>> events = records(file);
    assertEquals(5, events.size());
    Map<Integer, Object> experiment = plugin(events.get(1), "_hparams_/experiment", 2);
    assertEquals(1_700_000_000.25, experiment.get(3));
    assertEquals("accuracy", text(inside(inside(experiment, 5), 1), 2));
    byte[] content = content(events.get(1));
    byte[] inner = (byte[]) EventFile.fields(content).get(2);
    List<Map<Integer, Object>> infos = repeated(inner, 4);
    assertEquals(List.copyOf(values.keySet()), infos.stream().map(i -> text(i, 1)).toList());
    assertEquals(List.of(3L, 3L, 1L, 2L), infos.stream().map(i -> i.get(4)).toList());

    byte[] start = (byte[]) EventFile.fields(content(events.get(2))).get(3);
    assertEquals(1_700_000_000.25, plugin(events.get(2), "_hparams_/session_start_info", 3).get(5));
    List<Map<Integer, Object>> entries = repeated(start, 1);
    assertEquals(0.1, inside(entries.get(0), 2).get(2));
    assertEquals(3.0, inside(entries.get(1), 2).get(2));
    assertEquals("adam", text(inside(entries.get(2), 2), 3));
    assertEquals(1L, inside(entries.get(3), 2).get(4));
    assertEquals(1L, plugin(events.get(3), "_hparams_/session_end_info", 4).get(1));
    Map<Integer, Object> scalar = inside(inside(events.get(4), 5), 1);
    assertEquals("accuracy", text(scalar, 1));
    assertEquals(0.75f, scalar.get(2));
  }

  /** What the plugin of hyperparameters reads. */
  private static byte[] content(Map<Integer, Object> event) throws IOException {
    Map<Integer, Object> value = inside(inside(event, 5), 1);
    Map<Integer, Object> plugin = inside(inside(value, 9), 1);
    assertEquals("hparams", text(plugin, 1));
    return (byte[]) plugin.get(2);
  }

  private static Map<Integer, Object> plugin(Map<Integer, Object> event, String tag, int field)
      throws IOException {
    assertEquals(tag, text(inside(inside(event, 5), 1), 1));
    return inside(EventFile.fields(content(event)), field);
  }

  @Test
  void hyperparametersOfOtherTypesAreRefusedBeforeAnythingIsWritten() throws IOException {
    try (EventWriter writer = EventWriter.in(dir)) {
      Map<String, Object> values = Map.of("when", Instant.EPOCH);
      InvalidArgumentException e =
          assertThrows(
              InvalidArgumentException.class, () -> writer.hparams(values, Map.of("a", 1.0)));
      assertTrue(e.getMessage().contains("'when'"), e::getMessage);
      writer.flush();
      assertEquals(1, records(writer.file()).size());
    }
  }

  @Test
  void eventsAreThereAfterAFlush() throws IOException {
    try (EventWriter writer = EventWriter.in(dir)) {
      writer.scalar("a", 1, 0);
      writer.histogram("empty", Tensor.zeros(0), 0);
      writer.flush();
      assertEquals(3, records(writer.file()).size());
    }
  }

  @Test
  void aWriterThatIsClosedRefuses() throws IOException {
    EventWriter writer = EventWriter.in(dir);
    assertThrows(ShapeException.class, () -> writer.image("x", Tensor.ones(2), 0));
    writer.close();
    writer.close();
    assertThrows(InvalidArgumentException.class, () -> writer.scalar("a", 1, 0));
    assertEquals(1, records(writer.file()).size());
    assertTrue(writer.file().getFileName().toString().startsWith("events.out.tfevents."));
  }
}
