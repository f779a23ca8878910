package io.gradus.golden.module;

import io.gradus.Options;
import io.gradus.nn.Bilinear;
import io.gradus.nn.Embedding;
import io.gradus.nn.Layer;
import io.gradus.nn.Linear;
import io.gradus.nn.activation.CELU;
import io.gradus.nn.activation.ELU;
import io.gradus.nn.activation.GELU;
import io.gradus.nn.activation.GLU;
import io.gradus.nn.activation.Hardshrink;
import io.gradus.nn.activation.Hardsigmoid;
import io.gradus.nn.activation.Hardswish;
import io.gradus.nn.activation.Hardtanh;
import io.gradus.nn.activation.LeakyReLU;
import io.gradus.nn.activation.LogSigmoid;
import io.gradus.nn.activation.LogSoftmax;
import io.gradus.nn.activation.Mish;
import io.gradus.nn.activation.PReLU;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.activation.ReLU6;
import io.gradus.nn.activation.SELU;
import io.gradus.nn.activation.SiLU;
import io.gradus.nn.activation.Sigmoid;
import io.gradus.nn.activation.Softmax;
import io.gradus.nn.activation.Softmax2d;
import io.gradus.nn.activation.Softmin;
import io.gradus.nn.activation.Softplus;
import io.gradus.nn.activation.Softshrink;
import io.gradus.nn.activation.Softsign;
import io.gradus.nn.activation.Tanh;
import io.gradus.nn.activation.Tanhshrink;
import io.gradus.nn.activation.Threshold;
import io.gradus.nn.pad.CircularPad1d;
import io.gradus.nn.pad.CircularPad2d;
import io.gradus.nn.pad.CircularPad3d;
import io.gradus.nn.pad.ConstantPad1d;
import io.gradus.nn.pad.ConstantPad2d;
import io.gradus.nn.pad.ConstantPad3d;
import io.gradus.nn.pad.ReflectionPad1d;
import io.gradus.nn.pad.ReflectionPad2d;
import io.gradus.nn.pad.ReflectionPad3d;
import io.gradus.nn.pad.ReplicationPad1d;
import io.gradus.nn.pad.ReplicationPad2d;
import io.gradus.nn.pad.ReplicationPad3d;
import io.gradus.nn.pad.ZeroPad1d;
import io.gradus.nn.pad.ZeroPad2d;
import io.gradus.nn.pad.ZeroPad3d;
import org.jspecify.annotations.Nullable;

/** Maps, tables, activations and padding. */
final class PlainLayers {
  private PlainLayers() {}

  static @Nullable Made make(String name, Settings s) {
    Layer activation = activation(name, s);
    if (activation != null) {
      return Made.of(activation);
    }
    return switch (name) {
      case "Linear" ->
          Made.of(
              new Linear(
                  s.whole(0, "in_features", 0),
                  s.whole(1, "out_features", 0),
                  s.flag(2, "bias", true)));
      case "Bilinear" -> {
        Bilinear b =
            new Bilinear(
                s.whole(0, "in1_features", 0),
                s.whole(1, "in2_features", 0),
                s.whole(2, "out_features", 0),
                s.flag(3, "bias", true),
                Options.DEFAULT);
        yield new Made(b, a -> b.call(a.tensor(0, "input1"), a.tensor(1, "input2")));
      }
      case "Embedding" ->
          Made.of(new Embedding(s.whole(0, "num_embeddings", 0), s.whole(1, "embedding_dim", 0)));
      default -> name.contains("Pad") ? Made.of(padding(name, s)) : null;
    };
  }

  private static @Nullable Layer activation(String name, Settings s) {
    return switch (name) {
      case "CELU" -> new CELU(s.real(0, "alpha", 1));
      case "ELU" -> new ELU(s.real(0, "alpha", 1));
      case "GELU" -> new GELU(s.word(0, "approximate", "none"));
      case "GLU" -> new GLU(s.small(0, "dim", -1));
      case "Hardshrink" -> new Hardshrink(s.real(0, "lambd", 0.5));
      case "Hardsigmoid" -> new Hardsigmoid();
      case "Hardswish" -> new Hardswish();
      case "Hardtanh" -> new Hardtanh(s.real(0, "min_val", -1), s.real(1, "max_val", 1));
      case "LeakyReLU" -> new LeakyReLU(s.real(0, "negative_slope", 0.01));
      case "LogSigmoid" -> new LogSigmoid();
      case "LogSoftmax" -> new LogSoftmax(s.small(0, "dim", -1));
      case "Mish" -> new Mish();
      case "PReLU" -> new PReLU(s.whole(0, "num_parameters", 1));
      case "ReLU" -> new ReLU();
      case "ReLU6" -> new ReLU6();
      case "SELU" -> new SELU();
      case "SiLU" -> new SiLU();
      case "Sigmoid" -> new Sigmoid();
      case "Softmax" -> new Softmax(s.small(0, "dim", -1));
      case "Softmax2d" -> new Softmax2d();
      case "Softmin" -> new Softmin(s.small(0, "dim", -1));
      case "Softplus" -> new Softplus(s.real(0, "beta", 1), s.real(1, "threshold", 20));
      case "Softshrink" -> new Softshrink(s.real(0, "lambd", 0.5));
      case "Softsign" -> new Softsign();
      case "Tanh" -> new Tanh();
      case "Tanhshrink" -> new Tanhshrink();
      case "Threshold" -> new Threshold(s.real(0, "threshold", 0), s.real(1, "value", 0));
      default -> null;
    };
  }

  private static Layer padding(String name, Settings s) {
    long[] p = s.sizes(0, "padding");
    return switch (name) {
      case "ZeroPad1d" -> new ZeroPad1d(p);
      case "ZeroPad2d" -> new ZeroPad2d(p);
      case "ZeroPad3d" -> new ZeroPad3d(p);
      case "ConstantPad1d" -> new ConstantPad1d(s.real(1, "value", 0), p);
      case "ConstantPad2d" -> new ConstantPad2d(s.real(1, "value", 0), p);
      case "ConstantPad3d" -> new ConstantPad3d(s.real(1, "value", 0), p);
      case "ReflectionPad1d" -> new ReflectionPad1d(p);
      case "ReflectionPad2d" -> new ReflectionPad2d(p);
      case "ReflectionPad3d" -> new ReflectionPad3d(p);
      case "ReplicationPad1d" -> new ReplicationPad1d(p);
      case "ReplicationPad2d" -> new ReplicationPad2d(p);
      case "ReplicationPad3d" -> new ReplicationPad3d(p);
      case "CircularPad1d" -> new CircularPad1d(p);
      case "CircularPad2d" -> new CircularPad2d(p);
      case "CircularPad3d" -> new CircularPad3d(p);
      default -> throw new IllegalArgumentException("no padding " + name);
    };
  }
}
