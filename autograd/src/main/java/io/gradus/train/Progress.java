package io.gradus.train;

import io.gradus.tensor.error.InvalidArgumentException;
import java.io.Console;
import java.io.PrintStream;

/** Shows how a training goes. */
public final class Progress {
  private Progress() {}

  /** {@link #to} standard error, so that the output of a program stays its own. */
  public static Callback auto() {
    return to(System.err);
  }

  /**
   * A bar that moves where a person watches a terminal; one line an epoch elsewhere, as in a log,
   * or if the library of the bar (me.tongfei:progressbar) is not on the class path.
   */
  public static Callback to(PrintStream out) {
    Console console = System.console();
    return console != null && console.isTerminal() && hasBars() ? new Bar(out) : lines(out);
  }

  /**
   * A bar, whatever the stream is.
   *
   * @throws InvalidArgumentException if its library is not on the class path
   */
  public static Callback bar(PrintStream out) {
    if (!hasBars()) {
      throw new InvalidArgumentException(
          "[Progress] no me.tongfei:progressbar on the class path; add it, or use lines(…)");
    }
    return new Bar(out);
  }

  /** One line an epoch. */
  public static Callback lines(PrintStream out) {
    return new Callback() {
      @Override
      public void epochDone(EpochResult result) {
        out.println(result);
      }
    };
  }

  private static boolean hasBars() {
    try {
      Class.forName("me.tongfei.progressbar.ProgressBar", false, Progress.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
