package io.gradus.error;

/** Texts that several places raise. */
public final class Messages {
  /** Saved values are gone. */
  public static final String BACKWARD_TWICE =
      "Trying to backward through the graph a second time (or directly access saved tensors after"
          + " they have already been freed). Saved intermediate values of the graph are freed when"
          + " you call backward() or Autograd.grad(). Specify retainGraph the first time, as in"
          + " backward(true) or with GradOptions.retainGraph(true), if you need to backward through"
          + " the graph a second time.";

  private Messages() {}
}
