package io.gradus.train;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One bar an epoch, with the loss of the last batch. */
final class Bar implements Callback {
  private static final int WIDTH = 100;
  private static final int MILLIS_BETWEEN_UPDATES = 200;

  /**
   * Closes its line once. A bar that is over before its thread first drew it (progressbar 0.10) is
   * drawn, but leaves the line open.
   */
  private static final class Line extends ConsoleProgressBarConsumer {
    private volatile boolean closed;

    Line(PrintStream out) {
      super(out, WIDTH);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        super.close();
      }
    }
  }

  private final PrintStream out;
  private @Nullable ProgressBar bar;
  private @Nullable Line line;

  Bar(PrintStream out) {
    this.out = out;
  }

  @Override
  public void epochStarted(int epoch, long done, long steps) {
    Line shown = new Line(out);
    line = shown;
    bar =
        new ProgressBarBuilder()
            .setTaskName("epoch " + epoch)
            .setInitialMax(steps)
            .startsFrom(done, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLIS_BETWEEN_UPDATES)
            .setConsumer(shown)
            .build();
  }

  @Override
  public void stepDone(Step step) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage("loss %.4f".formatted(step.loss()));
      shown.stepTo(step.step());
    }
  }

  @Override
  public void epochDone(EpochResult result) {
    ended();
    out.println(result);
  }

  @Override
  public void ended() {
    ProgressBar shown = bar;
    Line open = line;
    bar = null;
    line = null;
    if (shown != null) {
      shown.close();
    }
    if (open != null) {
      open.close();
    }
  }
}
