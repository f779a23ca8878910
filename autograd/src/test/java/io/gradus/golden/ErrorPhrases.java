package io.gradus.golden;

import java.util.List;

/** The part of PyTorch's message that ours keeps, so that people can search for it. */
final class ErrorPhrases {
  private static final List<String> KEPT =
      List.of(
          "grad can be implicitly created only for scalar outputs",
          "Mismatch in shape",
          "Trying to backward through the graph a second time",
          "does not require grad and does not have a grad_fn",
          "only Tensors of floating point dtype can require gradients",
          "cannot be empty",
          "to not have been used in the graph",
          "One of the differentiated Tensors does not require grad",
          "one of the variables needed for gradient computation has been modified by an inplace"
              + " operation",
          "Can't detach views in-place",
          "you can only change requires_grad flags of leaf variables",
          "a leaf Variable that requires grad is being used in an in-place operation",
          "a view of a leaf Variable that requires grad is being used in an in-place operation",
          "can't be cast to the desired output type",
          "doesn't match the broadcast shape",
          "more than one element of the written-to tensor refers to a single memory location",
          "view was created in no_grad mode and is being modified inplace with grad mode enabled",
          "function that returns multiple views",
          "support automatic differentiation, but one of the arguments requires grad",
          "elements cannot be converted to Scalar",
          "Can't call numpy() on Tensor that requires grad");

  private ErrorPhrases() {}

  /** What to look for; empty where the wording is our own. */
  static String of(String message) {
    for (String phrase : KEPT) {
      if (message.contains(phrase)) {
        return phrase;
      }
    }
    return "";
  }
}
