package io.gradus;

import static io.gradus.GradientSweep.of;

import io.gradus.nn.Functional;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;
import io.gradus.nn.loss.BCEWithLogitsLoss;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.nn.loss.MSELoss;
import io.gradus.tensor.dtype.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PointwiseGradientsTest {
  private static final Tensor ANSWERS = Tensor.tensor(0.0, 1.0, 1.0, 0.0, 1.0, 0.0).view(2, 3);
  private static final Tensor CLASSES = Tensor.tensor(2L, 0L);
  private static final Tensor WEIGHTS = Tensor.tensor(0.5, 2.0, 1.5);

  @TestFactory
  @DisplayName("S10.9 every activation passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> allActivations() {
    return activations().tests();
  }

  @TestFactory
  @DisplayName("S10.9 every function passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> allFunctions() {
    return functions().tests();
  }

  @TestFactory
  @DisplayName("S10.9 arithmetic and bounds pass gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> allArithmetic() {
    return arithmetic().tests();
  }

  @TestFactory
  @DisplayName("S10.9 operations in place pass gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> allInPlace() {
    return inPlace().tests();
  }

  @TestFactory
  @DisplayName("S10.9 every loss passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> allLosses() {
    return losses().tests();
  }

  static GradientSweep activations() {
    return new GradientSweep()
        .one("relu", t -> t.relu(), 2, 3)
        .one("selu", t -> t.selu(), 2, 3)
        .one("silu", t -> t.silu(), 2, 3)
        .one("mish", t -> t.mish(), 2, 3)
        .one("softsign", t -> t.softsign(), 2, 3)
        .one("tanhshrink", t -> t.tanhshrink(), 2, 3)
        .one("hardsigmoid", t -> t.mul(3).hardsigmoid(), 2, 3)
        .one("hardswish", t -> t.mul(3).hardswish(), 2, 3)
        .one("logsigmoid", t -> t.logsigmoid(), 2, 3)
        .one("leakyRelu", t -> t.leakyRelu(), 2, 3)
        .one("leakyRelu slope", t -> t.leakyRelu(0.3), 2, 3)
        .one("elu", t -> t.elu(), 2, 3)
        .one("elu alpha", t -> t.elu(1.5), 2, 3)
        .one("celu", t -> t.celu(), 2, 3)
        .one("celu alpha", t -> t.celu(1.5), 2, 3)
        .one("gelu", t -> t.gelu(), 2, 3)
        .one("gelu tanh", t -> t.gelu("tanh"), 2, 3)
        .one("softplus", t -> t.softplus(), 2, 3)
        .one("softplus beta", t -> t.softplus(2, 1), 2, 3)
        .one("softshrink", t -> t.softshrink(), 2, 3)
        .one("hardshrink", t -> t.hardshrink(), 2, 3)
        .one("hardtanh", t -> t.hardtanh(), 2, 3)
        .one("hardtanh range", t -> t.hardtanh(-0.5, 0.8), 2, 3)
        .one("relu6", t -> t.mul(6).relu6(), 2, 3)
        .one("threshold", t -> t.threshold(0.4, 2.5), 2, 3);
  }

  static GradientSweep functions() {
    return new GradientSweep()
        .one("exp", t -> t.exp(), 2, 3)
        .one("expm1", t -> t.expm1(), 2, 3)
        .one("exp2", t -> t.exp2(), 2, 3)
        .one("log", t -> t.abs().log(), 2, 3)
        .one("log1p", t -> t.abs().log1p(), 2, 3)
        .one("log2", t -> t.abs().log2(), 2, 3)
        .one("log10", t -> t.abs().log10(), 2, 3)
        .one("sqrt", t -> t.abs().sqrt(), 2, 3)
        .one("rsqrt", t -> t.abs().rsqrt(), 2, 3)
        .one("sin", t -> t.sin(), 2, 3)
        .one("cos", t -> t.cos(), 2, 3)
        .one("tan", t -> t.tan(), 2, 3)
        .one("asin", t -> t.mul(0.5).asin(), 2, 3)
        .one("acos", t -> t.mul(0.5).acos(), 2, 3)
        .one("atan", t -> t.atan(), 2, 3)
        .one("sinh", t -> t.sinh(), 2, 3)
        .one("cosh", t -> t.cosh(), 2, 3)
        .one("tanh", t -> t.tanh(), 2, 3)
        .one("asinh", t -> t.asinh(), 2, 3)
        .one("acosh", t -> t.abs().add(1.2).acosh(), 2, 3)
        .one("atanh", t -> t.mul(0.5).atanh(), 2, 3)
        .one("sigmoid", t -> t.sigmoid(), 2, 3)
        .one("erf", t -> t.erf(), 2, 3)
        .one("erfc", t -> t.erfc(), 2, 3)
        .one("erfinv", t -> t.mul(0.5).erfinv(), 2, 3)
        .one("lgamma", t -> t.abs().lgamma(), 2, 3)
        .one("digamma", t -> t.abs().digamma(), 2, 3)
        .one("polygamma", t -> t.abs().polygamma(1), 2, 3)
        .one("mvlgamma", t -> t.abs().add(1).mvlgamma(2), 2, 3)
        .one("i0", t -> t.i0(), 2, 3)
        .one("i0e", t -> t.i0e(), 2, 3)
        .one("i1", t -> t.i1(), 2, 3)
        .one("i1e", t -> t.i1e(), 2, 3)
        .one("igamma", t -> Tensor.full(of(), 2.5).to(DType.F64).igamma(t.abs()), 2, 3)
        .one("igammac", t -> Tensor.full(of(), 2.5).to(DType.F64).igammac(t.abs()), 2, 3)
        .one("deg2rad", t -> t.deg2rad(), 2, 3)
        .one("rad2deg", t -> t.rad2deg(), 2, 3)
        .one("sinc", t -> t.sinc(), 2, 3)
        .one("logit", t -> t.abs().mul(0.5).logit(), 2, 3)
        .one("logit eps", t -> t.abs().mul(0.5).logit(0.2), 2, 3)
        .one("entr", t -> t.abs().entr(), 2, 3)
        .two("atan2", Tensor::atan2, of(2, 3), of(2, 3))
        .two("logaddexp", Tensor::logaddexp, of(2, 3), of(2, 3))
        .two("logaddexp2", Tensor::logaddexp2, of(2, 3), of(2, 3))
        .two("xlogy", (a, b) -> a.xlogy(b.abs()), of(2, 3), of(2, 3))
        .one("xlogy number", t -> t.xlogy(2.5), 2, 3)
        .two("xlog1py", (a, b) -> a.xlog1py(b.abs()), of(2, 3), of(2, 3))
        .one("xlog1py number", t -> t.xlog1py(2.5), 2, 3);
  }

  static GradientSweep arithmetic() {
    return new GradientSweep()
        .two("add", (a, b) -> a.add(b, 2.5), of(2, 3), of(2, 3))
        .one("add number", t -> t.add(2.5), 2, 3)
        .two("sub", (a, b) -> a.sub(b, 2.5), of(2, 3), of(2, 3))
        .two("rsub", (a, b) -> a.rsub(b, 2.5), of(2, 3), of(2, 3))
        .one("rsub number", t -> t.rsub(2.5), 2, 3)
        .two("mul", (a, b) -> a.mul(b), of(2, 3), of(2, 1))
        .two("div", (a, b) -> a.div(b), of(2, 3), of(2, 1))
        .two("div floor", (a, b) -> a.div(b, RoundingMode.FLOOR).add(a), of(2, 3), of(2, 3))
        .two("trueDivide", (a, b) -> a.trueDivide(b), of(2, 3), of(3))
        .one("rdiv", t -> t.rdiv(2.5), 2, 3)
        .one("reciprocal", t -> t.reciprocal(), 2, 3)
        .two("remainder", (a, b) -> a.remainder(b), of(2, 3), of(2, 3))
        .one("remainder number", t -> t.remainder(0.7), 2, 3)
        .two("fmod", (a, b) -> a.fmod(b), of(2, 3), of(2, 3))
        .one("fmod number", t -> t.fmod(0.7), 2, 3)
        .two("pow", (a, b) -> a.abs().pow(b), of(2, 3), of(2, 3))
        .one("pow 3", t -> t.pow(3), 2, 3)
        .one("pow 1", t -> t.pow(1), 2, 3)
        .one("pow 0", t -> t.pow(0).add(t), 2, 3)
        .one("pow 1.5", t -> t.abs().pow(1.5), 2, 3)
        .one("rpow", t -> t.rpow(2.5), 2, 3)
        .two("floatPower", (a, b) -> a.abs().floatPower(b), of(2, 3), of(2, 3))
        .two("ldexp", (a, b) -> a.ldexp(b), of(2, 3), of(2, 3))
        .one("square", t -> t.square(), 2, 3)
        .one("neg", t -> t.neg(), 2, 3)
        .one("abs", t -> t.abs(), 2, 3)
        .one("positive", t -> t.positive().mul(2), 2, 3)
        .list(
            "addcmul",
            in -> List.of(in.get(0).addcmul(in.get(1), in.get(2), 2.5)),
            of(2, 3),
            of(2, 1),
            of(3))
        .list(
            "addcdiv",
            in -> List.of(in.get(0).addcdiv(in.get(1), in.get(2), 2.5)),
            of(2, 3),
            of(2, 1),
            of(3))
        .list(
            "lerp", in -> List.of(in.get(0).lerp(in.get(1), in.get(2))), of(2, 3), of(3), of(2, 1))
        .two("lerp number", (a, b) -> a.lerp(b, 0.3), of(2, 3), of(2, 3))
        .two("hypot", (a, b) -> a.hypot(b), of(2, 3), of(2, 3))
        .two("copysign", (a, b) -> a.copysign(b), of(2, 3), of(2, 3))
        .one("copysign number", t -> t.copysign(-1), 2, 3)
        .two("maximum", (a, b) -> a.maximum(b), of(2, 3), of(2, 3))
        .two("minimum", (a, b) -> a.minimum(b), of(2, 3), of(2, 3))
        .two("fmax", (a, b) -> a.fmax(b), of(2, 3), of(2, 3))
        .two("fmin", (a, b) -> a.fmin(b), of(2, 3), of(2, 3))
        .two("clampMin", (a, b) -> a.clampMin(b), of(2, 3), of(2, 3))
        .two("clampMax", (a, b) -> a.clampMax(b), of(2, 3), of(2, 3))
        .one("clamp", t -> t.clamp(-0.5, 0.8), 2, 3)
        .list(
            "clamp tensors",
            in -> List.of(in.get(0).clamp(in.get(1), in.get(2))),
            of(2, 3),
            of(3),
            of(2, 1))
        .one("clip", t -> t.clip(-0.5, 0.8), 2, 3)
        .one("nanToNum", t -> t.nanToNum(), 2, 3)
        .one("frac", t -> t.frac(), 2, 3)
        .one("sign", t -> t.sign().mul(t), 2, 3)
        .one("angle", t -> t.angle().mul(t), 2, 3)
        .one("frexp", t -> t.frexp().mantissa(), 2, 3)
        .one("sgn", t -> t.sgn().mul(t), 2, 3)
        .one("floor", t -> t.floor().mul(t), 2, 3)
        .one("ceil", t -> t.ceil().mul(t), 2, 3)
        .one("round", t -> t.round().mul(t), 2, 3)
        .one("round decimals", t -> t.round(1).mul(t), 2, 3)
        .one("trunc", t -> t.trunc().mul(t), 2, 3)
        .one("fix", t -> t.fix().mul(t), 2, 3);
  }

  /** Pointwise operations that write in place, one of each kind. */
  static GradientSweep inPlace() {
    return new GradientSweep()
        .two("add_", (a, b) -> a.mul(2).add_(b, 2.5), of(2, 3), of(2, 3))
        .two("mul_", (a, b) -> a.mul(2).mul_(b).mul_(b), of(2, 3), of(2, 1))
        .two("div_", (a, b) -> a.mul(2).div_(b), of(2, 3), of(3))
        .two("pow_", (a, b) -> a.abs().add(1).pow_(b), of(2, 3), of(2, 3))
        .one("exp_", t -> t.mul(2).exp_(), 2, 3)
        .one("sigmoid_", t -> t.mul(2).sigmoid_().square(), 2, 3)
        .one("relu_", t -> t.mul(2).relu_(), 2, 3)
        .one("leakyRelu_", t -> t.mul(2).leakyRelu_(0.3), 2, 3)
        .one("clamp_", t -> t.mul(2).clamp_(-0.5, 0.8), 2, 3)
        .two("lerp_", (a, b) -> a.mul(2).lerp_(b, 0.3), of(2, 3), of(2, 3))
        .one("mul_ of a view", PointwiseGradientsTest::doubleFirst, 2, 3);
  }

  private static Tensor doubleFirst(Tensor t) {
    Tensor copy = t.clone();
    copy.select(-1, 0).mul_(2).exp_();
    return copy.square();
  }

  static GradientSweep losses() {
    return new GradientSweep()
        .two("MSELoss", new MSELoss()::forward, of(2, 3), of(2, 3))
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .two("MSELoss sum", new MSELoss(Reduction.SUM)::forward, of(2, 3), of(2, 3))
        .two("MSELoss none", new MSELoss(Reduction.NONE)::forward, of(2, 3), of(2, 3))
        .one("BCEWithLogitsLoss", t -> bce(Reduction.MEAN).forward(t, ANSWERS), 2, 3)
        .one("BCEWithLogitsLoss none", t -> bce(Reduction.NONE).forward(t, ANSWERS), 2, 3)
        .two(
            "BCEWithLogitsLoss soft",
            (t, y) -> new BCEWithLogitsLoss().forward(t, y.abs().mul(0.7)),
            of(2, 3),
            of(2, 3))
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("CrossEntropyLoss", t -> Functional.crossEntropy(t, CLASSES), 2, 3)
        .one(
            "CrossEntropyLoss smoothed",
            t -> entropy(Reduction.SUM, 0.2, -100).forward(t, CLASSES),
            2,
            3)
        .one(
            "CrossEntropyLoss ignoring",
            t -> entropy(Reduction.NONE, 0, 2).forward(t, CLASSES),
            2,
            3)
        .one(
            "CrossEntropyLoss ignoring mean",
            t -> entropy(Reduction.MEAN, 0.1, 2).forward(t, CLASSES),
            2,
            3)
        .two("CrossEntropyLoss of shares", Functional::crossEntropy, of(2, 3), of(2, 3))
        .one(
            "CrossEntropyLoss of pictures",
            t -> Functional.crossEntropy(t, CLASSES.view(1, 2)),
            1,
            3,
            2)
        .list(
            "linear",
            in -> List.of(Functional.linear(in.get(0), in.get(1), in.get(2))),
            of(2, 3),
            of(2, 3),
            of(2));
  }

  private static Loss bce(Reduction reduction) {
    return new BCEWithLogitsLoss(reduction, WEIGHTS);
  }

  private static Loss entropy(Reduction reduction, double smoothing, long ignored) {
    return new CrossEntropyLoss(
        CrossEntropyLoss.Options.DEFAULT
            .weight(WEIGHTS)
            .reduction(reduction)
            .labelSmoothing(smoothing)
            .ignoreIndex(ignored));
  }
}
