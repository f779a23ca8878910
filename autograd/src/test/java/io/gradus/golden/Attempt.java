package io.gradus.golden;

import io.gradus.golden.Outcome.Status;
import io.gradus.tensor.error.TensorException;
import org.opentest4j.TestAbortedException;

/** Runs a check and says what became of it. */
final class Attempt {
  /** A check: returns when all is well. */
  @FunctionalInterface
  interface Check {
    void run();
  }

  private Attempt() {}

  static Outcome of(Kind kind, String operation, String id, Check check) {
    try {
      check.run();
      return new Outcome(kind, operation, id, Status.PASSED, "");
    } catch (InexpressibleException e) {
      // Only what PyTorch refuses may be out of scope: a call that it answers is one we lack.
      return kind == Kind.ERRORS || kind == Kind.INDEXING
          ? new Outcome(kind, operation, id, Status.SKIPPED, "a typed call cannot express it")
          : new Outcome(kind, operation, id, Status.ABSENT, message(e));
    } catch (UnsupportedOperationException | TestAbortedException e) {
      return new Outcome(kind, operation, id, Status.ABSENT, message(e));
    } catch (TensorException e) {
      return new Outcome(kind, operation, id, Status.FAILED, "raised " + message(e));
    } catch (AssertionError e) {
      return new Outcome(kind, operation, id, Status.FAILED, message(e));
    } catch (RuntimeException e) {
      return new Outcome(kind, operation, id, Status.FAILED, "broke: " + e + where(e));
    }
  }

  private static String where(RuntimeException e) {
    return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
  }

  private static String message(Throwable e) {
    String text = String.valueOf(e.getMessage()).replace('\n', ' ').replace('|', '/');
    return text.length() > 240 ? text.substring(0, 240) + "…" : text;
  }
}
