package io.gradus.io.tensorboard;

import io.gradus.Tensor;
import io.gradus.graph.view.GraphView;
import io.gradus.io.ImageFile;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * Writes numbers, histograms, pictures, graphs and hyperparameters of a training for TensorBoard.
 *
 * <pre>{@code
 * try (EventWriter events = EventWriter.in(Path.of("runs/first"))) {
 *   events.scalar("loss/train", loss.item().doubleValue(), step);
 *   events.histogram("hidden.weight", model.weight(), step);
 *   events.image("sample", picture, step);
 * }
 * }</pre>
 *
 * <p>One file {@code events.out.tfevents.*} a writer, always a new one. Events reach the disk on
 * {@link #flush} and {@link #close}, and whenever a buffer is full. Thread-safe. Formats: {@code
 * event.proto} and {@code summary.proto} of TensorFlow.
 */
public final class EventWriter implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final int RGB = 3;
  private static final double MILLIS = 1e3;

  private final Path file;
  private final OutputStream out;
  private final RecordStream records;
  private final Clock clock;
  private final double started;
  private boolean closed;

  private EventWriter(Path file, Clock clock) throws IOException {
    this.file = file;
    this.clock = clock;
    started = now();
    out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    records = new RecordStream(out);
  }

  /** A new file in a directory, which is made if it is not there. */
  public static EventWriter in(Path directory) {
    return in(directory, Clock.systemUTC());
  }

  static EventWriter in(Path directory, Clock clock) {
    String name =
        "events.out.tfevents.%010d.gradus.%s"
            .formatted(clock.instant().getEpochSecond(), UUID.randomUUID());
    try {
      Files.createDirectories(directory);
      EventWriter writer = new EventWriter(directory.resolve(name), clock);
      writer.write(new Message().real(1, writer.now()).text(3, VERSION));
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that is written. */
  public Path file() {
    return file;
  }

  /** A number at a step, under a tag such as {@code loss/train}. */
  public void scalar(String tag, double value, long step) {
    write(tag, step, new Message().real32(2, (float) value));
  }

  /** How the elements of a tensor are spread; NaN and infinity are left out. */
  public void histogram(String tag, Tensor values, long step) {
    write(tag, step, new Message().message(5, new Buckets(values.doubleArray()).message()));
  }

  /**
   * A picture.
   *
   * @param image [1 or 3, height, width]: u8, or floating from 0 to 1
   */
  public void image(String tag, Tensor image, long step) {
    byte[] png = ImageFile.png(image);
    Message picture =
        new Message().whole(1, image.size(1)).whole(2, image.size(2)).whole(3, RGB).data(4, png);
    write(tag, step, new Message().message(4, picture));
  }

  /**
   * The graph that a result was computed with; TensorBoard shows the last one.
   *
   * @param graph with names for the leaves, as {@code
   *     GraphView.of(loss).names(model.namedParameters())}
   */
  public void graph(GraphView graph) {
    write(new Message().real(1, now()).data(4, GraphMessage.of(graph.vertices()).bytes()));
  }

  /**
   * What this training was started with and how well it did, to be compared with other ones: for
   * each a directory of its own beside this one.
   *
   * @param values strings, numbers and booleans
   * @param metrics numbers by their tags, which are written as scalars too
   * @throws InvalidArgumentException for values of other types; nothing is written then
   */
  public void hparams(Map<String, ?> values, Map<String, Double> metrics) {
    double time = now();
    summary(
        HyperParameters.summary(
            "_hparams_/experiment", HyperParameters.experiment(values, metrics.keySet(), started)));
    summary(
        HyperParameters.summary(
            "_hparams_/session_start_info", HyperParameters.begin(values, started)));
    summary(HyperParameters.summary("_hparams_/session_end_info", HyperParameters.end(time)));
    metrics.forEach((tag, value) -> scalar(tag, value, 0));
  }

  private void summary(Message value) {
    write(new Message().real(1, now()).message(5, new Message().message(1, value)));
  }

  private void write(String tag, long step, Message value) {
    Message tagged = new Message().text(1, tag);
    Message summary = new Message().data(1, join(tagged.bytes(), value.bytes()));
    write(new Message().real(1, now()).whole(2, step).message(5, summary));
  }

  /** Fields one after another are again a message. */
  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private double now() {
    return clock.millis() / MILLIS;
  }

  private synchronized void write(Message event) {
    if (closed) {
      throw new InvalidArgumentException("[EventWriter] the writer is closed; open a new one");
    }
    try {
      records.write(event.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives all events so far to the system, so that TensorBoard sees them. */
  public synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Flushes and closes the file; harmless when repeated. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
