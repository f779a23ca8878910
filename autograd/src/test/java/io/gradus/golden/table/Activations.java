package io.gradus.golden.table;

import io.gradus.golden.OperationRegistry;
import io.gradus.nn.Functional;

/** Activation functions of {@code nn.functional}, methods of a tensor here. */
final class Activations {
  private Activations() {}

  static void register(OperationRegistry r) {
    r.signatures("input alpha=1.0 inplace=false", "nn.functional.elu", "nn.functional.celu");
    r.signature("nn.functional.leaky_relu", "input negative_slope=0.01 inplace=false");
    r.signature("nn.functional.gelu", "input approximate=none");
    r.signature("nn.functional.softplus", "input beta=1 threshold=20");
    r.signatures("input lambd=0.5", "nn.functional.softshrink", "nn.functional.hardshrink");
    r.signature("nn.functional.hardtanh", "input min_val=-1.0 max_val=1.0 inplace=false");
    r.signature("nn.functional.threshold", "input threshold value inplace=false");
    r.signatures(
        "input inplace=false",
        "nn.functional.relu",
        "nn.functional.relu6",
        "nn.functional.selu",
        "nn.functional.silu",
        "nn.functional.mish",
        "nn.functional.hardsigmoid",
        "nn.functional.hardswish");
    r.signature("nn.functional.glu", "input dim=-1");
    r.signature("nn.functional.prelu", "input weight");
    r.signature(
        "nn.functional.rrelu", "input lower=0.125 upper=0.333 training=false inplace=false");
    r.signatures(
        "input p=0.5 training=true inplace=false",
        "nn.functional.dropout",
        "nn.functional.dropout2d",
        "nn.functional.dropout3d",
        "nn.functional.alpha_dropout",
        "nn.functional.feature_alpha_dropout");
    r.add(
        "nn.functional.dropout",
        a ->
            Functional.dropout(
                a.tensor(0, "input"),
                a.number(1, "p", 0.5).doubleValue(),
                !(a.named().get("training") instanceof Boolean b) || b,
                null));
    r.signature("nn.functional.normalize", "input p=2.0 dim=1 eps=1e-12");
  }
}
